#include "storage_stub/handlers/lease_answers.h"

#include <string>
#include <utility>

#include "storage_stub/protocol/wire.h"

namespace msc::storage {

void AddLease(http::Headers& headers, const std::optional<Lease>& lease, Time now) {
  const auto state = StateOf(lease, now);
  headers.push_back({wire::kLeaseStatus, StatusName(state)});
  headers.push_back({wire::kLeaseState, NameOf(state)});
  if (const char* duration = DurationName(lease, now)) {
    headers.push_back({wire::kLeaseDuration, duration});
  }
}

void WriteLease(XmlWriter& xml, const std::optional<Lease>& lease, Time now) {
  const auto state = StateOf(lease, now);
  xml.Element("LeaseStatus", StatusName(state)).Element("LeaseState", NameOf(state));
  if (const char* duration = DurationName(lease, now)) xml.Element("LeaseDuration", duration);
}

http::Response LeaseAnswer(LeaseChange::Action action, http::Headers state, std::string_view id,
                           const std::optional<Lease>& lease, Time now) {
  using Action = LeaseChange::Action;
  http::Response response{.headers = std::move(state)};
  if (action == Action::kAcquire) response.status = 201;
  if (action == Action::kBreak) {
    response.status = 202;
    const auto left = TimeLeft(*lease, now);
    response.headers.push_back({wire::kLeaseTime, std::to_string(left.count())});
  } else if (lease) {
    response.headers.push_back({wire::kLeaseId, std::string(id)});
  }
  return response;
}

}  // namespace msc::storage
