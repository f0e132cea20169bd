#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::storage {

inline constexpr std::size_t kMaxPolicyId = 64;  // Characters.
inline constexpr std::size_t kMaxPolicies = 5;   // Of a container.

// A stored access policy of a container. Fields that are absent must be in the URL.
struct StoredPolicy {
  std::string id;                // At most kMaxPolicyId characters.
  std::string permissions = {};  // Letters out of "racwdxyltfmeopi"; empty: absent.
  std::optional<Time> starts = {};
  std::optional<Time> expires = {};
};

// Whether a policy can have that id: 1 to kMaxPolicyId bytes that XML allows, none of them a
// control character; or those permissions.
bool IsPolicyId(std::string_view id);
bool ArePermissions(std::string_view permissions);

// Checks the fields of a policy. kInvalidInput.
Status CheckPolicy(const StoredPolicy& policy);

// The error for a signature whose stored policy does not exist.
Error PolicyNotFound();

}  // namespace msc::storage
