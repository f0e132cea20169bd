#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "emulator/base/result.h"
#include "storage_stub/model/lease.h"
#include "storage_stub/model/lease_check.h"

namespace msc::storage {

// A lease operation.
struct LeaseChange {
  enum class Action { kAcquire, kRenew, kChange, kRelease, kBreak };

  Action action;
  std::string id = {};      // GUID; of the lease that is renewed, changed or released.
  std::string new_id = {};  // GUID; of the lease that is acquired, or after the change.
  std::optional<std::chrono::seconds> duration = {};      // Of a new lease; nullopt: infinite.
  std::optional<std::chrono::seconds> break_period = {};  // nullopt: what remains of the lease.
};

// The lease after the operation; nullopt: there is none any more. kLeaseAlreadyPresent,
// kLeaseIdMismatchWith…Lease, kLeaseNotPresentWith…Lease, kLeaseIsBreakingAndCannotBe…,
// kLeaseIsBrokenAndCannotBeRenewed.
// Source: "Lease Blob", section "Outcomes of lease operations on blobs by lease state",
// https://learn.microsoft.com/en-us/rest/api/storageservices/lease-blob; that of containers is the
// same.
Result<std::optional<Lease>> Apply(const LeaseChange& change, const std::optional<Lease>& lease,
                                   Time now, Leased leased);

// How long it takes until a broken lease lets others acquire one.
std::chrono::seconds TimeLeft(const Lease& broken, Time now);

}  // namespace msc::storage
