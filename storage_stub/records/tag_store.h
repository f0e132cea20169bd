#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"
#include "storage_stub/protocol/paging.h"
#include "storage_stub/protocol/tag_query.h"
#include "storage_stub/records/tag_search.h"

namespace msc::storage {

// Records of tags. Thread-safe.
class TagStore {
 public:
  // REQUIRES: `database` outlives the store.
  explicit TagStore(sqlite::Database& database) : database_(database) {}

  // Replaces all tags. Neither the ETag nor the time changes. kContainerNotFound, kBlobNotFound,
  // kConditionNotMet; kAuthenticationFailed if the policy was deleted in the meantime.
  Status Set(const ResourceName& name, const Tags& tags, const WritePreconditions& preconditions);

  // A page of the blobs of an account, or of a container if it is named, for which `where` holds;
  // see TagSearch. kContainerNotFound for a named container.
  Result<Page<FoundBlob>> Find(const ResourceName& scope, const TagWhere& where,
                               const PageRequest& request) const;

 private:
  sqlite::Database& database_;
};

}  // namespace msc::storage
