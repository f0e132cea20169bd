#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/sqlite/database.h"
#include "storage_stub/model/container_record.h"

// The rows that make up a container. They run inside the caller's transaction.
namespace msc::storage {

// The row's id; nullopt if there is no such container.
std::optional<std::int64_t> FindContainer(sqlite::Transaction& transaction,
                                          std::string_view account, std::string_view name);

// What a write to a container needs to know of it.
struct ContainerScope {
  std::int64_t id;
  std::string encryption_scope;  // Of its new blobs; empty: the account's key.
  bool denies_override;          // No other key or scope may be used.
};
std::optional<ContainerScope> FindContainerScope(sqlite::Transaction& transaction,
                                                 std::string_view account, std::string_view name);

// The error if there is none.
Error ContainerMissing(std::string_view name);

struct ContainerRow {
  std::int64_t id;
  ContainerRecord record;
};

// kContainerNotFound.
Result<ContainerRow> SelectContainer(sqlite::Transaction& transaction, std::string_view account,
                                     std::string_view name);

// The first one whose name is not less than `from`.
std::optional<ContainerRow> NextContainer(sqlite::Transaction& transaction,
                                          std::string_view account, std::string_view from);

// Without the metadata. Returns the row's id. REQUIRES: there is none of that name.
std::int64_t InsertContainer(sqlite::Transaction& transaction, std::string_view account,
                             const ContainerRecord& record, std::int64_t etag);

void UpdatePublicAccess(sqlite::Transaction& transaction, std::int64_t container,
                        PublicAccess access);

// Gives the container a new ETag, which it returns with its quotes.
std::string Touch(sqlite::Transaction& transaction, std::int64_t container, Time now);

void ReplaceContainerMetadata(sqlite::Transaction& transaction, std::int64_t container,
                              const Metadata& metadata);

// The same for a container that has none yet.
void InsertContainerMetadata(sqlite::Transaction& transaction, std::int64_t container,
                             const Metadata& metadata);

// With all that is in it.
void DeleteContainer(sqlite::Transaction& transaction, std::int64_t container);

}  // namespace msc::storage
