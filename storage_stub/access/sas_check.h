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

// The steps that a well-formed shared access signature must pass, in this order. Each fails with
// kAuthenticationFailed and the service's own detail if no other error is named.
namespace msc::storage {

// What a signature allows, and when: its own fields and those of its stored policy taken together.
struct SasGrant {
  std::string permissions;
  std::optional<Time> starts;
  Time expires;
};

// Of an account's signature, which has its terms in itself. REQUIRES: CheckForm let it pass.
SasGrant GrantOf(const AccountSas& sas);

// An account's signature is for blobs and for what the operation acts on.
// kAuthorizationServiceMismatch, kAuthorizationResourceTypeMismatch.
Status CheckScope(const AccountSas& sas, SasResourceType level);

// Whether one of `keys` made `signature` (in base64) under `string_to_sign`. Compares in constant
// time.
bool IsSignedBy(std::string_view signature, std::string_view string_to_sign,
                const std::vector<HmacKey>& keys);

// The same as an error, which has the fact SignatureMismatch.
Status CheckSignature(std::string_view signature, const std::string& string_to_sign,
                      const std::vector<HmacKey>& keys);

// `policy` is the one that the signature names; nullopt: it names none. No field may stand in both,
// and permissions and expiry must stand in one of the two. REQUIRES: CheckForm let it pass.
Result<SasGrant> MergeGrant(const Sas& sas, const std::optional<StoredPolicy>& policy);

// `now` is in [starts, expires).
Status CheckTime(const SasGrant& grant, Time now);

// One of the letters `needed` is permitted; none of them: no signature of the kind will do. Before
// 2015-04-05 kResourceNotFound, from then on kAuthorizationPermissionMismatch and
// kAuthorizationFailure.
Status CheckPermission(const SasGrant& grant, std::string_view needed, std::string_view version);

}  // namespace msc::storage
