#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/block_rows.h"

namespace msc::storage {

// An entry of a block list.
struct BlockListEntry {
  enum class From { kCommitted, kUncommitted, kLatest } from;
  std::string id;  // In base64.
};

// The blocks of a blob.
struct BlockLists {
  std::optional<BlobRecord> record;  // nullopt: nothing is committed yet.
  std::vector<Block> committed;      // In order.
  std::vector<Block> uncommitted;
};

// Records of blocks. Thread-safe.
class BlockStore {
 public:
  // REQUIRES: `database` outlives the store.
  BlockStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // Whether Stage would refuse as things stand.
  Status CheckStage(const ResourceName& name, std::string_view block,
                    const WritePreconditions& preconditions, Time now) const;

  // Makes the bytes in `writer`, which is closed, an uncommitted block, in the place of the one of
  // that id. Now and then also drops what others abandoned. kContainerNotFound;
  // kAuthenticationFailed where the policy has gone meanwhile; kInvalidBlobOrBlock unless all
  // uncommitted blocks have ids of one length.
  Status Stage(const ResourceName& name, const std::string& block, ExtentWriter& writer,
               const WritePreconditions& preconditions, Time now);

  // Makes the blob `name` out of blocks that it has, without touching their bytes; uncommitted ones
  // that the list leaves out are gone. kInvalidBlockList for one that it does not have;
  // FindTarget's.
  Result<BlobRecord> Commit(const ResourceName& name, const std::vector<BlockListEntry>& list,
                            BlobRecord record, const WritePreconditions& preconditions);

  // kContainerNotFound; kBlobNotFound where there is neither a blob nor a block.
  Result<BlockLists> List(const ResourceName& name, Time now) const;

  // Uncommitted blocks of all blobs of a container (whose `blob` is empty); 0: there is no such
  // container.
  std::size_t CountUncommitted(const ResourceName& container, Time now) const;

  // Gives back the bytes of blocks that nobody committed in time.
  void DropAbandoned(Time now);

 private:
  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
  std::atomic<Time> next_sweep_ = Time();
};

}  // namespace msc::storage
