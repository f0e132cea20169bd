#include "storage_stub/model/lease_check.h"

#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {
namespace {

Error Rejected(Leased leased, StorageError of_blob, StorageError of_container, const char* why) {
  return {leased == Leased::kBlob ? of_blob : of_container, why};
}

}  // namespace

Status CheckLease(const std::optional<Lease>& lease, const std::string& id, Time now,
                  Leased leased) {
  if (id.empty()) return Done{};
  if (!lease) {
    return Rejected(leased, StorageError::kLeaseNotPresentWithBlob,
                    StorageError::kLeaseNotPresentWithContainer, "there is no lease");
  }
  if (!IsLocked(StateOf(lease, now))) {
    return Rejected(leased, StorageError::kBlobLeaseLost, StorageError::kContainerLeaseLost,
                    "the lease has ended");
  }
  if (lease->id == id) return Done{};
  return Rejected(leased, StorageError::kLeaseIdMismatchWithBlob,
                  StorageError::kLeaseIdMismatchWithContainer, "the lease has another id");
}

Status CheckLeaseOfWrite(const std::optional<Lease>& lease, const std::string& id, Time now,
                         Leased leased) {
  if (id.empty() && IsLocked(StateOf(lease, now))) {
    return Rejected(leased, StorageError::kBlobLeaseIdMissing,
                    StorageError::kContainerLeaseIdMissing,
                    "there is a lease, and the request does not name it");
  }
  return CheckLease(lease, id, now, leased);
}

}  // namespace msc::storage
