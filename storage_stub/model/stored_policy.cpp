#include "storage_stub/model/stored_policy.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "emulator/base/time_range.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

constexpr std::string_view kPolicyUnknown =
    "SAS identifier cannot be found for specified signed identifier";
constexpr std::string_view kPermissions = "racwdxyltfmeopi";

}  // namespace

bool IsPolicyId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxPolicyId && FitsXml(id) &&
         std::none_of(id.begin(), id.end(), IsControl);
}

bool ArePermissions(std::string_view permissions) {
  return permissions.find_first_not_of(kPermissions) == std::string_view::npos;
}

Error PolicyNotFound() { return AuthenticationFailed(std::string(kPolicyUnknown)); }

Status CheckPolicy(const StoredPolicy& policy) {
  if (!IsPolicyId(policy.id)) {
    return Error{StorageError::kInvalidInput,
                 "a policy's id has 1 to 64 characters, none of them a control character"};
  }
  for (const auto& time : {policy.starts, policy.expires}) {
    if (time && !IsInTimeRange(*time)) {
      return Error{StorageError::kInvalidInput, "a policy's times are of the years 1 to 9999"};
    }
  }
  if (!ArePermissions(policy.permissions)) {
    return Error{StorageError::kInvalidInput, "permissions are letters out of racwdxyltfmeopi"};
  }
  return Done{};
}

}  // namespace msc::storage
