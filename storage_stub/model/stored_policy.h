#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::storage {

inline constexpr std::size_t kMaxPolicyId = 64;  // Characters.
inline constexpr std::size_t kMaxPolicies = 5;   // Of a container.

// A stored access policy of a container; what is absent must stand in the URL instead.
struct StoredPolicy {
  std::string id;                // At most kMaxPolicyId characters.
  std::string permissions = {};  // Letters out of "racwdxyltmeopi"; empty: absent.
  std::optional<Time> starts = {};
  std::optional<Time> expires = {};
};

// A stored policy can be what it says it is. kInvalidInput.
Status CheckPolicy(const StoredPolicy& policy);

// The error of a signature whose stored policy is not there.
Error PolicyNotFound();

}  // namespace msc::storage
