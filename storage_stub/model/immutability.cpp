#include "storage_stub/model/immutability.h"

#include <array>

#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::array kModeNames = {"", wire::kUnlocked, wire::kLocked};

}  // namespace

const char* NameOf(ImmutabilityMode mode) { return kModeNames[static_cast<std::size_t>(mode)]; }

std::optional<ImmutabilityMode> ParseImmutabilityMode(std::string_view name) {
  if (EqualsIgnoringCase(name, wire::kUnlocked)) return ImmutabilityMode::kUnlocked;
  if (EqualsIgnoringCase(name, wire::kLocked)) return ImmutabilityMode::kLocked;
  return std::nullopt;
}

Status CheckMutable(const Immutability& immutability, Time now) {
  if (immutability.has_legal_hold) {
    return Error{StorageError::kBlobImmutableDueToLegalHold, "the blob has a legal hold"};
  }
  if (immutability.until && now < *immutability.until) {
    return Error{StorageError::kBlobImmutableDueToPolicy, "the blob must still be retained"};
  }
  return Done{};
}

// Source: "Set Blob Immutability Policy",
// https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-immutability-policy
Result<Immutability> WithPolicy(const Immutability& stored, const Immutability& wanted) {
  const bool is_locked = stored.mode == ImmutabilityMode::kLocked;
  if (is_locked && (wanted.mode != ImmutabilityMode::kLocked || wanted.until < stored.until)) {
    return Error{StorageError::kBlobImmutableDueToPolicy,
                 "the policy is locked: it can only be extended"};
  }
  return Immutability{
      .until = wanted.until, .mode = wanted.mode, .has_legal_hold = stored.has_legal_hold};
}

Result<Immutability> WithoutPolicy(const Immutability& stored) {
  if (stored.mode == ImmutabilityMode::kLocked) {
    return Error{StorageError::kImmutabilityPolicyDeleteOnLockedPolicy, "the policy is locked"};
  }
  return Immutability{.has_legal_hold = stored.has_legal_hold};
}

}  // namespace msc::storage
