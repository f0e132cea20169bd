#include "storage_stub/access/sas_check.h"

#include <chrono>
#include <utility>

#include "emulator/base/time_format.h"
#include "storage_stub/access/sas_form.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

using namespace std::chrono;

constexpr std::string_view kFieldTwice =
    "Access policy fields can be associated with signature or SAS identifier but not "
    "both";

// What the service's platform calls the beginning of time, for a signature without a start.
constexpr Time kNoStart = Time(sys_days(year(1) / 1 / 1));

// The error for an operation that needs another field than the signature has.
Error Unauthorized(StorageError code, std::string message, std::string_view name, std::string value,
                   std::string expected) {
  return {
      .code = code,
      .message = std::move(message),
      .facts = CredentialMismatch{
          {RequestField::Place::kQuery, std::string(name), std::move(value)}, std::move(expected)}};
}

}  // namespace

SasGrant GrantOf(const AccountSas& sas) {
  return {.permissions = sas.permissions,
          .starts = ParseIso8601(sas.starts),
          .expires = *ParseIso8601(sas.expires)};
}

Status CheckScope(const AccountSas& sas, SasResourceType level) {
  if (sas.services.find(wire::kServiceBlob) == std::string::npos) {
    return Unauthorized(StorageError::kAuthorizationServiceMismatch,
                        "the signature is not for blobs", wire::kSignedServices, sas.services,
                        "services with b");
  }
  const char type = static_cast<char>(level);
  const bool is_any = level == SasResourceType::kAny;
  if (!is_any && sas.resource_types.find(type) == std::string::npos) {
    return Unauthorized(StorageError::kAuthorizationResourceTypeMismatch,
                        "the signature is not for this type of resource",
                        wire::kSignedResourceTypes, sas.resource_types,
                        std::string("types with ") + type);
  }
  return Done{};
}

Status CheckPermission(const SasGrant& grant, std::string_view needed, std::string_view version) {
  if (grant.permissions.find_first_of(needed) != std::string::npos) return Done{};
  // Older versions do not reveal that a resource exists that may not be used.
  const bool is_hidden = version < kAddressAndProtocol;
  if (needed.empty()) {
    return Unauthorized(
        is_hidden ? StorageError::kResourceNotFound : StorageError::kAuthorizationFailure,
        "no shared access signature of this kind permits this operation", wire::kSignedPermissions,
        grant.permissions, "Shared Key, or for most operations an account's signature");
  }
  return Unauthorized(
      is_hidden ? StorageError::kResourceNotFound : StorageError::kAuthorizationPermissionMismatch,
      "the shared access signature does not permit this operation", wire::kSignedPermissions,
      grant.permissions, "permissions with one of " + std::string(needed));
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
  if (!expires) return FieldMissing(wire::kSignedExpiry);
  if (permissions.empty()) return FieldMissing(wire::kSignedPermissions);
  return SasGrant{.permissions = permissions,
                  .starts = sas.starts.empty() ? stored.starts : ParseIso8601(sas.starts),
                  .expires = *expires};
}

Status CheckTime(const SasGrant& grant, Time now) {
  const Time starts = grant.starts.value_or(kNoStart);
  if (now >= starts && now < grant.expires) return Done{};
  return AuthenticationFailed(TimeFrame{.starts = starts, .expires = grant.expires, .now = now});
}

}  // namespace msc::storage
