#include "storage_stub/handlers/lease_handlers.h"

#include <utility>

#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/container_answers.h"
#include "storage_stub/handlers/lease_answers.h"
#include "storage_stub/handlers/lease_headers.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// Only a blob that can change has a lease.
Status CheckBase(const http::Request& request) {
  for (const auto part : {wire::kSnapshot, wire::kVersionId}) {
    if (const auto value = request.parameter(part)) {
      return BadParameter(StorageError::kInvalidQueryParameterValue, part, *value);
    }
  }
  return Done{};
}

}  // namespace

// Source: "Lease Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/lease-blob
Result<http::Response> LeaseHandlers::ChangeBlob(const http::Request& request) const {
  const auto authorized =
      authorizer_.Authorize(request, BreaksLease(request) ? kBreakBlobLease : kLeaseBlob);
  if (!authorized) return authorized.error();
  if (auto base = CheckBase(request); !base) return base.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto wanted = ReadLeaseRequest(request, random_);
  if (!wanted) return wanted.error();
  const auto record = leases_.ChangeBlob(authorized->name, wanted->change, *preconditions);
  if (!record) return record.error();
  return LeaseAnswer(wanted->change.action, WriteHeaders(*record), wanted->id_text, record->lease,
                     authorized->now);
}

// Source: "Lease Container",
// https://learn.microsoft.com/en-us/rest/api/storageservices/lease-container
Result<http::Response> LeaseHandlers::ChangeContainer(const http::Request& request) const {
  const auto authorized =
      authorizer_.Authorize(request, BreaksLease(request) ? kBreakContainerLease : kLeaseContainer);
  if (!authorized) return authorized.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto wanted = ReadLeaseRequest(request, random_);
  if (!wanted) return wanted.error();
  const auto& name = authorized->name;
  const auto record = leases_.ChangeContainer(name.account, name.container, wanted->change,
                                              *conditions, authorized->now);
  if (!record) return record.error();
  http::Headers state;
  AddState(state, *record);
  return LeaseAnswer(wanted->change.action, std::move(state), wanted->id_text, record->lease,
                     authorized->now);
}

}  // namespace msc::storage
