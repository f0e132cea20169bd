#pragma once

#include <cstdint>

#include "emulator/sqlite/database.h"
#include "storage_stub/records/blob_rows.h"

// The columns of the table of blobs, as SELECT * has them and as the statements that write them
// name their parameters.
namespace msc::storage {

// Without what other tables have: tags, metadata and how many blocks were appended.
BlobRow ReadBlob(const sqlite::Statement& row);

bool HasTags(const sqlite::Statement& row);

// What every statement writes. `etag`: instead of the one in the record.
sqlite::Statement& BindRecord(sqlite::Statement& statement, const BlobRecord& record,
                              std::int64_t etag);

// Whether a record has the defaults in all that BindRare binds.
bool IsPlain(const BlobRecord& record);

// What most blobs do not have.
sqlite::Statement& BindRare(sqlite::Statement& statement, const BlobRecord& record);

void BindTier(sqlite::Statement& statement, const TierState& state);
void BindImmutability(sqlite::Statement& statement, const Immutability& immutability);

}  // namespace msc::storage
