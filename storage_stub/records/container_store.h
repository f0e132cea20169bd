#pragma once

#include <cstdint>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/protocol/paging.h"

namespace msc::storage {

// Records of containers. What takes a transaction runs in that of the caller. Thread-safe. If the
// container is missing, all refuse with kContainerNotFound; if conditions are not met, with
// kConditionNotMet. REQUIRES: both outlive the store.
class ContainerStore {
 public:
  ContainerStore(sqlite::Database& database, ExtentFile& file) : database_(database), file_(file) {}

  // Makes a container of the name, the metadata, the public access and the encryption scope in
  // `wanted`.
  // kContainerAlreadyExists.
  Result<ContainerRecord> Create(std::string_view account, ContainerRecord wanted, Time now);
  static Result<ContainerRecord> Create(sqlite::Transaction& transaction, std::string_view account,
                                        ContainerRecord wanted, Time now);

  Result<ContainerRecord> Find(std::string_view account, std::string_view name) const;

  // Some of them, in the order of their names.
  // Without $logs unless `with_system`.
  Page<ContainerRecord> List(std::string_view account, const PageRequest& request,
                             bool with_system) const;

  // Also the errors of CheckLease.
  Result<ContainerRecord> SetMetadata(std::string_view account, std::string_view name,
                                      const Metadata& metadata, const Conditions& conditions,
                                      Time now);

  // With all that is in it; the bytes are given back behind the commit. Also the errors of
  // CheckLeaseOfWrite.
  Status Delete(std::string_view account, std::string_view name, const Conditions& conditions,
                Time now);

  // The same without conditions and in spite of a lease.
  Status Delete(sqlite::Transaction& transaction, std::string_view account, std::string_view name);

 private:
  void Delete(sqlite::Transaction& transaction, std::int64_t id);

  sqlite::Database& database_;
  ExtentFile& file_;
};

}  // namespace msc::storage
