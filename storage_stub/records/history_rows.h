#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "emulator/sqlite/database.h"
#include "storage_stub/model/blob_record.h"

// The rows of snapshots, former versions and deleted blobs. The functions run in the caller's
// transaction.
namespace msc::storage {

bool HasSnapshots(sqlite::Transaction& transaction, std::int64_t container, std::string_view name);

// Makes a row a former one, without a lease; `deletion`: if it is deleted.
void MoveToHistory(sqlite::Transaction& transaction, std::int64_t id, const BlobMoment& moment,
                   const std::optional<Deletion>& deletion);

// The type that the versions of a name have; nullopt: there is none.
std::optional<BlobType> TypeOfVersions(sqlite::Transaction& transaction, std::int64_t container,
                                       std::string_view name);

// Whether something of a name is deleted and not gone for good.
bool HasDeleted(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                Time now);

// Deleted base blobs of a name become deleted snapshots.
void MakeSnapshotsOfDeleted(sqlite::Transaction& transaction, std::int64_t container,
                            std::string_view name);

// Makes the base blob that was deleted last the base again, if there is one. REQUIRES: there is no
// base.
void RestoreBase(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                 Time now);

// Restores all else that is deleted of a name.
void RestoreOthers(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                   Time now);

}  // namespace msc::storage
