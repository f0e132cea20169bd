#pragma once

#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/model/lease_change.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"

namespace msc::storage {

// Leases of blobs and containers. Neither the ETag nor the time changes. Thread-safe. The errors of
// Apply; kConditionNotMet.
class LeaseStore {
 public:
  // REQUIRES: `database` outlives the store.
  explicit LeaseStore(sqlite::Database& database) : database_(database) {}

  // kContainerNotFound, kBlobNotFound; kAuthenticationFailed if the policy was deleted in the
  // meantime.
  Result<BlobRecord> ChangeBlob(const ResourceName& name, const LeaseChange& change,
                                const WritePreconditions& preconditions);

  // kContainerNotFound.
  Result<ContainerRecord> ChangeContainer(std::string_view account, std::string_view name,
                                          const LeaseChange& change, const Conditions& conditions,
                                          Time now);

 private:
  sqlite::Database& database_;
};

}  // namespace msc::storage
