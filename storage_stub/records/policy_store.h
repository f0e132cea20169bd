#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/read_cache.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/model/stored_policy.h"

namespace msc::storage {

// Whether a container's row has a stored access policy with that id.
bool HasPolicy(sqlite::Transaction& transaction, std::int64_t container, std::string_view id);

struct ContainerPolicies {
  ContainerRecord container;
  std::vector<StoredPolicy> policies;
};

// Records of stored access policies. Methods with a transaction are part of the caller's.
// Thread-safe. REQUIRES: `database` outlives the store.
class PolicyStore {
 public:
  explicit PolicyStore(sqlite::Database& database) : database_(database) {}

  // Adds the policy, or replaces the one with that id. kContainerNotFound; kInvalidInput for a
  // sixth.
  Status Set(std::string_view account, std::string_view container, const StoredPolicy& policy);
  static Status Set(sqlite::Transaction& transaction, std::string_view account,
                    std::string_view container, const StoredPolicy& policy);

  // Replaces all policies of the container, and what of it is public. kContainerNotFound,
  // kConditionNotMet; the errors of CheckLease. REQUIRES: at most kMaxPolicies, no id twice.
  Result<ContainerRecord> Replace(std::string_view account, std::string_view container,
                                  const std::vector<StoredPolicy>& policies, PublicAccess access,
                                  const Conditions& conditions, Time now);

  // No effect if there is no policy with that id.
  static void Remove(sqlite::Transaction& transaction, std::string_view account,
                     std::string_view container, std::string_view id);

  // nullopt if there is no policy with that id, or no such container.
  std::optional<StoredPolicy> Find(std::string_view account, std::string_view container,
                                   std::string_view id) const;

  // The policies of a container, in their order, and the container at the same moment.
  // kContainerNotFound.
  Result<ContainerPolicies> All(std::string_view account, std::string_view container) const;

 private:
  sqlite::Database& database_;
  mutable sqlite::ReadCache<std::optional<StoredPolicy>> found_;
};

}  // namespace msc::storage
