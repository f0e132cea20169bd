#include "storage_stub/model/tier.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::array kTierNames = {wire::kHot, wire::kCool, wire::kCold, wire::kArchive};

// An archived blob never comes back to the archive.
constexpr std::array kArchiveStatuses = {"rehydrate-pending-to-hot", "rehydrate-pending-to-cool",
                                         "rehydrate-pending-to-cold", ""};

constexpr std::array<std::string_view, 15> kPremiumTiers = {"P1",  "P2",  "P3",  "P4",  "P6",
                                                            "P10", "P15", "P20", "P30", "P40",
                                                            "P50", "P60", "P70", "P80", "Premium"};

// The longest times that the service names.
constexpr std::chrono::hours kUrgentRehydration(1);
constexpr std::chrono::hours kStandardRehydration(15);

std::size_t NumberOf(Tier tier) { return static_cast<std::size_t>(tier); }

// A higher priority makes it faster, and a lower one changes nothing.
Rehydration Hurried(const Rehydration& rehydration, const TierChange& change, Time now) {
  if (rehydration.is_urgent || !change.is_urgent) return rehydration;
  Rehydration urgent = BeginRehydration(change, now);
  urgent.done = std::min(urgent.done, rehydration.done);
  return urgent;
}

}  // namespace

const char* NameOf(Tier tier) { return kTierNames[NumberOf(tier)]; }

std::optional<Tier> ParseTier(std::string_view name) {
  for (std::size_t i = 0; i < kTierNames.size(); ++i) {
    if (EqualsIgnoringCase(name, kTierNames[i])) return static_cast<Tier>(i);
  }
  return std::nullopt;
}

bool IsPremiumTier(std::string_view name) {
  return std::any_of(kPremiumTiers.begin(), kPremiumTiers.end(),
                     [&](std::string_view tier) { return EqualsIgnoringCase(name, tier); });
}

const char* StatusOf(const Rehydration& rehydration) {
  return kArchiveStatuses[NumberOf(rehydration.tier)];
}

const char* PriorityOf(const Rehydration& rehydration) {
  return rehydration.is_urgent ? wire::kHigh : wire::kStandard;
}

Rehydration BeginRehydration(const TierChange& change, Time now) {
  return {.tier = change.tier,
          .done = now + (change.is_urgent ? kUrgentRehydration : kStandardRehydration),
          .is_urgent = change.is_urgent};
}

TierState TierAt(const TierState& stored, Time now) {
  const auto& rehydration = stored.rehydration;
  if (!rehydration || now < rehydration->done) return stored;
  return {.tier = rehydration->tier, .is_set = true, .changed = rehydration->done};
}

Result<TierState> Changed(const TierState& stored, const TierChange& change, Time now) {
  TierState state = TierAt(stored, now);
  if (state.rehydration) {
    if (state.rehydration->tier != change.tier) {
      return Error{StorageError::kBlobBeingRehydrated, "the blob is on its way to another tier"};
    }
    state.rehydration = Hurried(*state.rehydration, change, now);
    return state;
  }
  const bool rehydrates = state.tier == Tier::kArchive && change.tier != Tier::kArchive;
  if (rehydrates) {
    state.rehydration = BeginRehydration(change, now);
  } else {
    state.tier = change.tier;
  }
  state.is_set = true;
  state.changed = now;
  return state;
}

}  // namespace msc::storage
