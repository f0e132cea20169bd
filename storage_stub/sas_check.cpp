#include "storage_stub/sas_check.h"

#include <algorithm>
#include <chrono>

#include "emulator/base/time_format.h"
#include "storage_stub/version.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

using namespace std::chrono;

constexpr std::string_view kBadForm = "Signature fields not well formed.";
constexpr std::string_view kPolicyUnknown =
    "SAS identifier cannot be found for specified signed identifier";
constexpr std::string_view kFieldTwice =
    "Access policy fields can be associated with signature or SAS identifier but not both";
constexpr std::string_view kMismatch = "Signature did not match. String to sign used was ";
constexpr std::string_view kTimeFrame = "Signature not valid in the specified time frame: Start [";

constexpr std::size_t kMaxIdentifier = 64;
constexpr std::string_view kPermissions = "racwdl";

// What the service's platform calls the beginning of time, for a signature without a start.
constexpr Time kNoStart = Time(sys_days(year(1) / 1 / 1));

Error Refuse(std::string detail) {
  return {ErrorCode::kAuthenticationFailed, "the shared access signature is not valid",
          std::move(detail)};
}

bool IsTimeOrAbsent(const std::string& text) {
  return text.empty() || ParseIso8601(text).has_value();
}

bool AreLetters(const std::string& permissions) {
  return std::all_of(permissions.begin(), permissions.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Error BadForm() { return Refuse(std::string(kBadForm)); }

Error PolicyNotFound() { return Refuse(std::string(kPolicyUnknown)); }

Status CheckForm(const Sas& sas) {
  const bool known =
      IsVersion(sas.version) && sas.version >= kOldestSas &&
      (sas.resource == wire::kResourceContainer || sas.resource == wire::kResourceBlob);
  const bool formed = IsTimeOrAbsent(sas.starts) && IsTimeOrAbsent(sas.expires) &&
                      AreLetters(sas.permissions) && sas.identifier.size() <= kMaxIdentifier &&
                      !sas.signature.empty();
  if (!known || !formed) return BadForm();
  return Done{};
}

Status CheckPolicy(const StoredPolicy& policy) {
  const bool has_id = !policy.id.empty() && policy.id.size() <= kMaxIdentifier;
  if (!has_id) return Error{ErrorCode::kInvalidInput, "a policy's id has 1 to 64 characters"};
  if (policy.permissions.find_first_not_of(kPermissions) != std::string::npos) {
    return Error{ErrorCode::kInvalidInput, "permissions are letters out of racwdl"};
  }
  return Done{};
}

Status CheckSignature(const Sas& sas, const ResourceName& name, const std::vector<Bytes>& keys) {
  const std::string text = StringToSign(sas, CanonicalResource(sas, name));
  bool matches = false;
  for (const auto& key : keys) matches |= SameBytes(sas.signature, Sign(key, text));
  if (!matches) return Refuse(std::string(kMismatch) + text);
  return Done{};
}

Result<SasTerms> MergeTerms(const Sas& sas, const std::optional<StoredPolicy>& policy) {
  const StoredPolicy stored = policy.value_or(StoredPolicy{});
  const bool twice = (!sas.permissions.empty() && !stored.permissions.empty()) ||
                     (!sas.starts.empty() && stored.starts) ||
                     (!sas.expires.empty() && stored.expires);
  if (twice) return Refuse(std::string(kFieldTwice));

  const auto expires = sas.expires.empty() ? stored.expires : ParseIso8601(sas.expires);
  const auto& permissions = sas.permissions.empty() ? stored.permissions : sas.permissions;
  if (!expires || permissions.empty()) return BadForm();
  return SasTerms{.permissions = permissions,
                  .starts = sas.starts.empty() ? stored.starts : ParseIso8601(sas.starts),
                  .expires = *expires};
}

Status CheckTime(const SasTerms& terms, Time now) {
  const Time starts = terms.starts.value_or(kNoStart);
  if (now >= starts && now < terms.expires) return Done{};
  return Refuse(std::string(kTimeFrame) + FormatHttpDate(starts) + "] - Expiry [" +
                FormatHttpDate(terms.expires) + "] - Current [" + FormatHttpDate(now) + "]");
}

Error PermissionMissing(std::string_view version) {
  const auto code = version < kAddressAndProtocol ? ErrorCode::kResourceNotFound
                                                  : ErrorCode::kAuthorizationPermissionMismatch;
  return {code, "the shared access signature does not permit this operation"};
}

}  // namespace msc::storage
