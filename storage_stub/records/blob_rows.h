#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/sqlite/database.h"
#include "storage_stub/model/blob_record.h"

// The rows of blobs and their metadata. They run inside the caller's transaction.
namespace msc::storage {

struct BlobRow {
  std::int64_t id;
  std::int64_t container;
  std::string name;
  BlobRecord record;
};

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name);

// The first one whose name is not less than `from`.
std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from);

// The id of the new row. The record's own ETag is not looked at.
// REQUIRES: there is none of that name.
std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag);

// Puts what `record` says in the place of what the row has.
void UpdateBlob(sqlite::Transaction& transaction, std::int64_t id, const BlobRecord& record,
                std::int64_t etag);

// Remembers that a client has chosen the tier. The ETag stays.
void MarkTierSet(sqlite::Transaction& transaction, std::int64_t id);

// With its metadata and the list of its blocks.
void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id);

}  // namespace msc::storage
