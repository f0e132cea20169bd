#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/blob_record.h"
#include "storage_stub/region_allocator.h"

// The rows that make up a blob, one function a statement or two. They run inside the caller's
// transaction.
namespace msc::storage {

struct BlobRow {
  std::int64_t id;
  BlobRecord record;
};

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name);

// The id of the new row. REQUIRES: there is none of that name.
std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag);

// With its metadata and extents.
void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id);

std::vector<Extent> SelectExtents(sqlite::Transaction& transaction, std::int64_t blob);
std::vector<Extent> SelectAllExtents(sqlite::Transaction& transaction);
void InsertExtents(sqlite::Transaction& transaction, std::int64_t blob,
                   const std::vector<Extent>& extents);

}  // namespace msc::storage
