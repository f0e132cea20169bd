#include "storage_stub/access/sas_check.h"

#include <algorithm>
#include <chrono>

#include "emulator/base/time_format.h"
#include "storage_stub/access/network.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

using namespace std::chrono;

constexpr std::string_view kBadForm = "Signature fields not well formed.";
constexpr std::string_view kFieldTwice =
    "Access policy fields can be associated with signature or SAS identifier but not "
    "both";

// What the service's platform calls the beginning of time, for a signature without a start.
constexpr Time kNoStart = Time(sys_days(year(1) / 1 / 1));

bool IsTimeOrAbsent(const std::string& text) {
  return text.empty() || ParseIso8601(text).has_value();
}

bool AreLetters(const std::string& permissions) {
  return std::all_of(permissions.begin(), permissions.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

Error BadForm() { return AuthenticationFailed(std::string(kBadForm)); }

}  // namespace

Status CheckForm(const Sas& sas) {
  const bool known =
      IsVersion(sas.version) && sas.version >= kOldestSas &&
      (sas.resource == wire::kResourceContainer || sas.resource == wire::kResourceBlob);
  const bool formed = IsTimeOrAbsent(sas.starts) && IsTimeOrAbsent(sas.expires) &&
                      AreLetters(sas.permissions) && sas.identifier.size() <= kMaxPolicyId &&
                      !sas.signature.empty();
  const bool restricted = sas.version < kAddressAndProtocol ||
                          (IsAddressRange(sas.address_range) && IsProtocols(sas.protocol));
  if (!restricted || !known || !formed) return BadForm();
  return Done{};
}

Result<SasGrant> CheckForm(const AccountSas& sas) {
  const auto expires = ParseIso8601(sas.expires);
  const bool formed = IsVersion(sas.version) && sas.version >= kAddressAndProtocol &&
                      IsTimeOrAbsent(sas.starts) && expires && AreLetters(sas.permissions) &&
                      AreLetters(sas.services) && AreLetters(sas.resource_types) &&
                      IsAddressRange(sas.address_range) && IsProtocols(sas.protocol) &&
                      !sas.permissions.empty() && !sas.signature.empty();
  if (!formed) return BadForm();
  return SasGrant{
      .permissions = sas.permissions, .starts = ParseIso8601(sas.starts), .expires = *expires};
}

Status CheckScope(const AccountSas& sas, SasResourceType level) {
  if (sas.services.find(wire::kServiceBlob) == std::string::npos) {
    return Error{StorageError::kAuthorizationServiceMismatch, "the signature is not for blobs"};
  }
  const bool is_any = level == SasResourceType::kAny;
  if (!is_any && sas.resource_types.find(static_cast<char>(level)) == std::string::npos) {
    return Error{StorageError::kAuthorizationResourceTypeMismatch,
                 "the signature is not for this type of resource"};
  }
  return Done{};
}

bool IsSignedBy(std::string_view signature, std::string_view string_to_sign,
                const std::vector<HmacKey>& keys) {
  bool matches = false;
  for (const auto& key : keys) matches |= SameBytes(signature, Sign(key, string_to_sign));
  return matches;
}

Status CheckSignature(std::string_view signature, const std::string& string_to_sign,
                      const std::vector<HmacKey>& keys) {
  if (!IsSignedBy(signature, string_to_sign, keys)) {
    return AuthenticationFailed(
        SignatureMismatch{.field = {RequestField::Place::kQuery, std::string(wire::kSignature),
                                    std::string(signature)},
                          .signature = std::string(signature),
                          .string_to_sign = string_to_sign});
  }
  return Done{};
}

Result<SasGrant> MergeGrant(const Sas& sas, const std::optional<StoredPolicy>& policy) {
  const StoredPolicy stored = policy.value_or(StoredPolicy{});
  const bool twice = (!sas.permissions.empty() && !stored.permissions.empty()) ||
                     (!sas.starts.empty() && stored.starts) ||
                     (!sas.expires.empty() && stored.expires);
  if (twice) return AuthenticationFailed(std::string(kFieldTwice));

  const auto expires = sas.expires.empty() ? stored.expires : ParseIso8601(sas.expires);
  const auto& permissions = sas.permissions.empty() ? stored.permissions : sas.permissions;
  if (!expires || permissions.empty()) return BadForm();
  return SasGrant{.permissions = permissions,
                  .starts = sas.starts.empty() ? stored.starts : ParseIso8601(sas.starts),
                  .expires = *expires};
}

Status CheckTime(const SasGrant& grant, Time now) {
  const Time starts = grant.starts.value_or(kNoStart);
  if (now >= starts && now < grant.expires) return Done{};
  return AuthenticationFailed(TimeFrame{.starts = starts, .expires = grant.expires, .now = now});
}

Error PermissionMissing(std::string_view version) {
  const auto code = version < kAddressAndProtocol ? StorageError::kResourceNotFound
                                                  : StorageError::kAuthorizationPermissionMismatch;
  return {code, "the shared access signature does not permit this operation"};
}

}  // namespace msc::storage
