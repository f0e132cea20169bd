#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/sas.h"

// The steps that a shared access signature must pass, in this order. Each refuses with
// kAuthenticationFailed and the service's own detail.
namespace msc::storage {

// What a signature allows, and when: its own fields and those of its stored policy taken together.
struct SasTerms {
  std::string permissions;
  std::optional<Time> starts;
  Time expires;
};

// Version, resource, identifier, permissions and dates can be what they say they are.
Status CheckForm(const Sas& sas);

// A stored policy can be what it says it is. kInvalidInput.
Status CheckPolicy(const StoredPolicy& policy);

// One of `keys` made the signature. Compares in constant time.
Status CheckSignature(const Sas& sas, const ResourceName& name, const std::vector<Bytes>& keys);

// `policy` is the one that the signature names; nullopt: it names none. No field may stand in both,
// and permissions and expiry must stand in one of the two. REQUIRES: CheckForm let it pass.
Result<SasTerms> MergeTerms(const Sas& sas, const std::optional<StoredPolicy>& policy);

// `now` is in [starts, expires).
Status CheckTime(const SasTerms& terms, Time now);

// The refusal for an operation that the permissions leave out, under a signature's version.
Error PermissionMissing(std::string_view version);

// Refusals whose detail others need.
Error PolicyNotFound();
Error BadForm();

}  // namespace msc::storage
