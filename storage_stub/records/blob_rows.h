#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/sqlite/database.h"
#include "storage_stub/model/blob_record.h"

// The rows of blobs and their metadata. The functions run in the caller's transaction.
namespace msc::storage {

struct BlobRow {
  std::int64_t id;
  std::int64_t container;
  std::string name;
  BlobRecord record;
};

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name);

// The first blob whose name is not less than `from`.
std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from);

// Returns the id of the new row. The ETag in `record` is ignored. REQUIRES: there is no blob with
// that name.
std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag);

// Replaces the values of `row` by those of `record`.
void UpdateBlob(sqlite::Transaction& transaction, const BlobRow& row, const BlobRecord& record,
                std::int64_t etag);

// Stores the size, the ETag and the time of a record to which bytes were added.
void UpdateSize(sqlite::Transaction& transaction, std::int64_t id, const BlobRecord& record,
                std::int64_t etag);

// Records that an append blob takes no more blocks. The ETag does not change.
void MarkSealed(sqlite::Transaction& transaction, std::int64_t id);

// Records that a client has set the tier. The ETag does not change.
void MarkTierSet(sqlite::Transaction& transaction, std::int64_t id);

// Also deletes its metadata and the list of its blocks.
void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id);

}  // namespace msc::storage
