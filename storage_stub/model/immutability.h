#pragma once

#include <optional>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::storage {

// How long a blob may not be changed. The numbers are stored.
enum class ImmutabilityMode { kNone = 0, kUnlocked = 1, kLocked = 2 };

// As in the header x-ms-immutability-policy-mode of a response; empty for kNone.
const char* NameOf(ImmutabilityMode mode);

// In whatever case; nullopt also for that of kNone.
std::optional<ImmutabilityMode> ParseImmutabilityMode(std::string_view name);

struct Immutability {
  std::optional<Time> until = {};
  ImmutabilityMode mode = ImmutabilityMode::kNone;
  bool has_legal_hold = false;

  friend bool operator==(const Immutability&, const Immutability&) = default;
};

// Whether the blob may be changed and deleted at `now`. kBlobImmutableDueToLegalHold,
// kBlobImmutableDueToPolicy.
Status CheckMutable(const Immutability& immutability, Time now);

// With the policy in `wanted` instead of the stored one. kBlobImmutableDueToPolicy if the stored
// one is locked and the other is shorter or not locked.
Result<Immutability> WithPolicy(const Immutability& stored, const Immutability& wanted);

// kImmutabilityPolicyDeleteOnLockedPolicy.
Result<Immutability> WithoutPolicy(const Immutability& stored);

}  // namespace msc::storage
