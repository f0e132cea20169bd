#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/extent_file.h"

namespace msc::storage {

// The row of a container; nullopt where there is none.
std::optional<std::int64_t> FindContainer(sqlite::Transaction& transaction,
                                          std::string_view account, std::string_view name);

// Whether a container's row has a stored access policy of that id.
bool HasPolicy(sqlite::Transaction& transaction, std::int64_t container, std::string_view id);

// Records of containers and their stored access policies. Thread-safe.
// REQUIRES: both outlive the store.
class ContainerStore {
 public:
  ContainerStore(sqlite::Database& database, ExtentFile& file) : database_(database), file_(file) {}

  // kContainerAlreadyExists.
  Status Create(std::string_view account, std::string_view name, Time now);

  // With all that is in it. kContainerNotFound.
  Status Delete(std::string_view account, std::string_view name);

  std::vector<std::string> Names(std::string_view account) const;
  std::vector<PolicyName> PolicyNames(std::string_view account) const;

  // Adds the policy or replaces the one of that id. kContainerNotFound; kInvalidInput for a sixth.
  Status SetPolicy(std::string_view account, std::string_view container,
                   const StoredPolicy& policy);

  // No effect where there is none of that id.
  void RemovePolicy(std::string_view account, std::string_view container, std::string_view id);

  // nullopt where there is none of that id, or no such container.
  std::optional<StoredPolicy> FindPolicy(std::string_view account, std::string_view container,
                                         std::string_view id) const;

 private:
  sqlite::Database& database_;
  ExtentFile& file_;
};

}  // namespace msc::storage
