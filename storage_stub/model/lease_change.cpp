#include "storage_stub/model/lease_change.h"

#include <algorithm>
#include <stdexcept>

#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {
namespace {

using After = Result<std::optional<Lease>>;

Error OtherId(Leased leased) {
  return {leased == Leased::kBlob ? StorageError::kLeaseIdMismatchWithBlobLease
                                  : StorageError::kLeaseIdMismatchWithContainerLease,
          "the lease has another id, or there is none"};
}

Error NoLease(Leased leased) {
  return {leased == Leased::kBlob ? StorageError::kLeaseNotPresentWithBlobLease
                                  : StorageError::kLeaseNotPresentWithContainerLease,
          "there is no lease"};
}

bool HasId(const std::optional<Lease>& lease, const std::string& id) {
  return lease && lease->id == id;
}

std::optional<Lease> Started(std::string id, std::optional<std::chrono::seconds> duration,
                             Time now) {
  Lease lease{.id = std::move(id), .duration = duration};
  if (duration) lease.ends = now + *duration;
  return lease;
}

After Acquire(const LeaseChange& change, const std::optional<Lease>& lease, Time now) {
  const auto state = StateOf(lease, now);
  if (IsLocked(state)) {
    if (!HasId(lease, change.new_id)) {
      return Error{StorageError::kLeaseAlreadyPresent, "there is a lease with another id"};
    }
    if (state == LeaseState::kBreaking) {
      return Error{StorageError::kLeaseIsBreakingAndCannotBeAcquired, "the lease is breaking"};
    }
  }
  return Started(change.new_id, change.duration, now);
}

After Renew(const LeaseChange& change, const std::optional<Lease>& lease, Time now, Leased leased) {
  if (!HasId(lease, change.id)) return OtherId(leased);
  if (lease->broken) {
    return Error{StorageError::kLeaseIsBrokenAndCannotBeRenewed, "the lease is broken"};
  }
  return Started(lease->id, lease->duration, now);
}

// Done once more, it has no effect: so the new id is as good as the old one.
After ChangeId(const LeaseChange& change, std::optional<Lease> lease, Time now, Leased leased) {
  const auto state = StateOf(lease, now);
  if (!IsLocked(state)) return NoLease(leased);
  if (state == LeaseState::kBreaking && HasId(lease, change.id)) {
    return Error{StorageError::kLeaseIsBreakingAndCannotBeChanged, "the lease is breaking"};
  }
  const bool is_own = HasId(lease, change.id) || HasId(lease, change.new_id);
  if (!is_own || state == LeaseState::kBreaking) return OtherId(leased);
  lease->id = change.new_id;
  return lease;
}

After Break(const LeaseChange& change, std::optional<Lease> lease, Time now, Leased leased) {
  if (!lease) return NoLease(leased);
  Time end = now;
  if (IsLocked(StateOf(lease, now))) {
    const auto own = lease->broken ? lease->broken : lease->ends;
    if (change.break_period) {
      end = std::min(now + *change.break_period, own.value_or(Time::max()));
    } else if (own) {
      end = *own;
    }
  }
  lease->broken = lease->broken ? std::min(*lease->broken, end) : end;
  return lease;
}

}  // namespace

After Apply(const LeaseChange& change, const std::optional<Lease>& lease, Time now, Leased leased) {
  switch (change.action) {
    case LeaseChange::Action::kAcquire:
      return Acquire(change, lease, now);
    case LeaseChange::Action::kRenew:
      return Renew(change, lease, now, leased);
    case LeaseChange::Action::kChange:
      return ChangeId(change, lease, now, leased);
    case LeaseChange::Action::kRelease:
      if (!HasId(lease, change.id)) return OtherId(leased);
      return std::optional<Lease>();
    case LeaseChange::Action::kBreak:
      return Break(change, lease, now, leased);
  }
  throw std::logic_error("LeaseChange::Action out of range");
}

std::chrono::seconds TimeLeft(const Lease& broken, Time now) {
  if (!broken.broken || now >= *broken.broken) return std::chrono::seconds(0);
  return std::chrono::round<std::chrono::seconds>(*broken.broken - now);
}

}  // namespace msc::storage
