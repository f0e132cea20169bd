#include "storage_stub/model/stored_policy.h"

#include "storage_stub/protocol/errors.h"

namespace msc::storage {
namespace {

constexpr std::string_view kPolicyUnknown =
    "SAS identifier cannot be found for specified signed identifier";
constexpr std::string_view kPermissions = "racwdxyltmeopi";

}  // namespace

Error PolicyNotFound() { return AuthenticationFailed(std::string(kPolicyUnknown)); }

Status CheckPolicy(const StoredPolicy& policy) {
  const bool has_id = !policy.id.empty() && policy.id.size() <= kMaxPolicyId;
  if (!has_id) return Error{StorageError::kInvalidInput, "a policy's id has 1 to 64 characters"};
  if (policy.permissions.find_first_not_of(kPermissions) != std::string::npos) {
    return Error{StorageError::kInvalidInput, "permissions are letters out of racwdxyltmeopi"};
  }
  return Done{};
}

}  // namespace msc::storage
