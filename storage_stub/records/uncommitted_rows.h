#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/records/block_rows.h"

// The rows of blocks that wait for a block list. The functions run in the caller's transaction.
namespace msc::storage {

// Uncommitted blocks are kept for a week: those that were not staged after this time count as
// deleted.
Time AbandonedSince(Time now);

// The blocks of `blob_name` that were staged after `since`, in the order of their ids.
std::vector<Block> SelectUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                     std::string_view blob_name, Time since);

// What a block that is not committed says about all others of its blob.
struct StagedBlock {
  std::string id;    // In base64; all have one length.
  Bytes key_sha256;  // Of the client's key; all have the same.
};

// Any block of `blob_name` that was staged after `since`; nullopt: there is none.
std::optional<StagedBlock> AnyUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                          std::string_view blob_name, Time since);

// How many blocks of `blob_name` there are, abandoned ones included.
std::size_t CountUncommittedOf(sqlite::Transaction& transaction, std::int64_t container,
                               std::string_view blob_name);

// Whether the block `block_id` is one of them.
bool HasUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                    std::string_view blob_name, std::string_view block_id);

// Adds a block, or replaces the one with that id, whose extent it returns (empty: there was none).
Extent ReplaceUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                          std::string_view blob_name, const Block& block, const Bytes& key_sha256,
                          Time now);

// Deletes the rows of all blocks of `blob_name` and returns their extents.
std::vector<Extent> DeleteUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                      std::string_view blob_name);

// The same for all blocks that were not staged after `since`.
std::vector<Extent> DeleteAbandoned(sqlite::Transaction& transaction, Time since);

// The first name, not less than `from`, of a blob that has uncommitted blocks; empty: none.
std::string NextUncommittedName(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from, Time since);

// How many blocks of all blobs of a container were staged after `since`.
std::size_t CountUncommitted(sqlite::Transaction& transaction, std::int64_t container, Time since);

// The names of an account's containers with blocks that were staged after `since`.
std::vector<std::string> SelectContainersWithUncommitted(sqlite::Transaction& transaction,
                                                         std::string_view account, Time since);

}  // namespace msc::storage
