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
  std::int64_t content;    // The number of its blocks.
  bool content_is_shared;  // Others of its name may have the same blocks.
  BlobRecord record;
};

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name, const BlobMoment& moment = {});

// The first base blob whose name is not less than `from`.
std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from);

// Returns the id of the new row. The ETag in `record` is ignored. `content`: the number of its
// blocks. REQUIRES: there is none with that name and moment.
std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag,
                        std::int64_t content);

// Replaces the values of `row` by those of `record`; the name and the moment stay.
void UpdateBlob(sqlite::Transaction& transaction, const BlobRow& row, const BlobRecord& record,
                std::int64_t etag);

// Stores the size and the time in the record of `row`, whose bytes were changed, and its content.
void UpdateSize(sqlite::Transaction& transaction, const BlobRow& row, std::int64_t etag);

// Records that an append blob takes no more blocks. The ETag does not change.
void MarkSealed(sqlite::Transaction& transaction, std::int64_t id);

// The ETag does not change.
void UpdateTier(sqlite::Transaction& transaction, std::int64_t id, const TierState& tier);

// Also deletes its metadata and its tags, but not its blocks.
void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id);

}  // namespace msc::storage
