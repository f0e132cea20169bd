#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/required_permission.h"
#include "storage_stub/access/sas.h"
#include "storage_stub/model/stored_policy.h"

// The checks of a well-formed shared access signature, in this order. Each fails with
// kAuthenticationFailed and the service's own detail, unless another error is named.
namespace msc::storage {

// What a signature allows, and when: the fields of the signature and of its stored policy combined.
struct SasGrant {
  std::string permissions;
  std::optional<Time> starts;
  Time expires;
};

// For an account SAS, whose fields are all in the signature. REQUIRES: CheckForm succeeded.
SasGrant GrantOf(const AccountSas& sas);

// Whether an account SAS is for blobs and for the kind of resource that the operation acts on.
// kAuthorizationServiceMismatch, kAuthorizationResourceTypeMismatch.
Status CheckScope(const AccountSas& sas, SasResourceType level);

// Whether `signature` (in base64) is that of `string_to_sign` with one of `keys`. Compares in
// constant time.
bool IsSignedBy(std::string_view signature, std::string_view string_to_sign,
                const std::vector<HmacKey>& keys);

// The same as an error with the fact SignatureMismatch.
Status CheckSignature(std::string_view signature, const std::string& string_to_sign,
                      const std::vector<HmacKey>& keys);

// `policy`: the one that the signature names; nullopt: it names none. A field must not be in both,
// and permissions and expiry must be in one of the two. REQUIRES: CheckForm succeeded.
Result<SasGrant> MergeGrant(const Sas& sas, const std::optional<StoredPolicy>& policy);

// Whether `now` is in [starts, expires).
Status CheckTime(const SasGrant& grant, Time now);

// Whether the grant has one of the letters in `needed`; if that is empty, no signature of this kind
// is enough. Before 2015-04-05 kResourceNotFound, from then on kAuthorizationPermissionMismatch and
// kAuthorizationFailure.
Status CheckPermission(const SasGrant& grant, std::string_view needed, std::string_view version);

}  // namespace msc::storage
