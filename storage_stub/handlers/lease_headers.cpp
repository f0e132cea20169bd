#include "storage_stub/handlers/lease_headers.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/lease_id.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

using Action = LeaseChange::Action;
using std::chrono::seconds;

constexpr std::string_view kInfiniteLease = "-1";
constexpr seconds kShortestLease(15);
constexpr seconds kLongestLease(60);
constexpr seconds kLongestBreak(60);

constexpr std::array<std::pair<const char*, Action>, 5> kLeaseActions = {
    {{wire::kAcquire, Action::kAcquire},
     {wire::kRenew, Action::kRenew},
     {wire::kChange, Action::kChange},
     {wire::kRelease, Action::kRelease},
     {wire::kBreak, Action::kBreak}}};

Result<Action> ReadAction(const http::Request& request) {
  const auto text = request.header(wire::kLeaseAction);
  if (!text) return HeaderMissing(wire::kLeaseAction);
  for (const auto& [name, action] : kLeaseActions) {
    if (EqualsIgnoringCase(*text, name)) return action;
  }
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kLeaseAction, *text);
}

// The text of a GUID; empty: absent.
Result<std::string> ReadGuidText(const http::Request& request, const char* name) {
  const auto text = request.header(name).value_or("");
  if (text.empty() || ParseLeaseId(text)) return std::string(text);
  return BadHeader(StorageError::kInvalidHeaderValue, name, text);
}

Result<std::optional<seconds>> ReadSeconds(const http::Request& request, const char* name,
                                           seconds least, seconds most) {
  const auto text = request.header(name).value_or("");
  if (text.empty()) return std::optional<seconds>();
  const auto number = ParseUnsigned(text);
  if (!number || *number < static_cast<std::uint64_t>(least.count()) ||
      *number > static_cast<std::uint64_t>(most.count())) {
    return BadHeader(StorageError::kInvalidHeaderValue, name, text);
  }
  return std::optional(seconds(*number));
}

Result<std::optional<seconds>> ReadDuration(const http::Request& request) {
  const auto text = request.header(wire::kLeaseDuration).value_or("");
  if (text.empty()) return HeaderMissing(wire::kLeaseDuration);
  if (text == kInfiniteLease) return std::optional<seconds>();
  return ReadSeconds(request, wire::kLeaseDuration, kShortestLease, kLongestLease);
}

bool NeedsId(Action action) { return action != Action::kAcquire && action != Action::kBreak; }

std::string Canonical(const std::string& guid) { return ParseLeaseId(guid).value_or(""); }

Result<LeaseRequest> ReadIds(const http::Request& request, Action action, Random& random) {
  const auto id = ReadGuidText(request, wire::kLeaseId);
  if (!id) return id.error();
  auto new_id = ReadGuidText(request, wire::kProposedLeaseId);
  if (!new_id) return new_id.error();
  if (id->empty() && NeedsId(action)) return HeaderMissing(wire::kLeaseId);
  if (new_id->empty() && action == Action::kChange) return HeaderMissing(wire::kProposedLeaseId);
  if (new_id->empty() && action == Action::kAcquire) *new_id = NewGuid(random);
  const bool gets_new = action == Action::kAcquire || action == Action::kChange;
  return LeaseRequest{
      .change = {.action = action, .id = Canonical(*id), .new_id = Canonical(*new_id)},
      .id_text = gets_new ? *new_id : *id};
}

}  // namespace

bool BreaksLease(const http::Request& request) {
  return EqualsIgnoringCase(request.header(wire::kLeaseAction).value_or(""), wire::kBreak);
}

Result<LeaseRequest> ReadLeaseRequest(const http::Request& request, Random& random) {
  const auto action = ReadAction(request);
  if (!action) return action.error();
  auto lease = ReadIds(request, *action, random);
  if (!lease) return lease.error();
  if (*action == Action::kAcquire) {
    const auto duration = ReadDuration(request);
    if (!duration) return duration.error();
    lease->change.duration = *duration;
  }
  if (*action == Action::kBreak) {
    const auto period = ReadSeconds(request, wire::kLeaseBreakPeriod, seconds(0), kLongestBreak);
    if (!period) return period.error();
    lease->change.break_period = *period;
  }
  return lease;
}

}  // namespace msc::storage
