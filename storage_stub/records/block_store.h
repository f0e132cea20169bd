#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/history_settings.h"
#include "storage_stub/records/uncommitted_limit.h"

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
  // REQUIRES: `database` and `history` outlive the store.
  BlockStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file,
             const HistorySettings& history)
      : database_(database), file_(std::move(file)), history_(history) {}

  // Whether Stage would fail now.
  Status CheckStage(const ResourceName& name, std::string_view block,
                    const WritePreconditions& preconditions, Time now) const;

  // Makes the bytes in `writer`, which is closed, an uncommitted block, and replaces the one with
  // that id. From time to time it also drops abandoned blocks. kContainerNotFound;
  // kAuthenticationFailed if the policy was deleted in the meantime;
  // kUncommittedBlockCountExceedsLimit; kInvalidBlobOrBlock unless the
  // ids of all uncommitted blocks have the same length; kInvalidBlobType if there is a blob of
  // another type; the errors of CheckWritable; those of CheckKey unless all uncommitted blocks have
  // the same key.
  Status Stage(const ResourceName& name, const std::string& block, ExtentWriter& writer,
               const WritePreconditions& preconditions, Time now);

  // Makes the blob `name` of blocks that it has, without copying their bytes; uncommitted blocks
  // that are not in the list are deleted. kInvalidBlockList for a block that it does not have;
  // kInvalidBlobType; the errors of FindTarget, and those of CheckKey.
  Result<BlobRecord> Commit(const ResourceName& name, const std::vector<BlockListEntry>& list,
                            BlobRecord record, const WritePreconditions& preconditions);

  // kContainerNotFound, kInvalidBlobType; kBlobNotFound if there is neither a blob nor a block.
  Result<BlockLists> List(const ResourceName& name, Time now) const;

  // How many uncommitted blocks all blobs of a container have (`container.blob` is empty); 0 if
  // there is no such container.
  std::size_t CountUncommitted(const ResourceName& container, Time now) const;

  // The names of an account's containers that have uncommitted blocks.
  std::vector<std::string> ContainersWithUncommitted(std::string_view account, Time now) const;

  // To be called if other records take the place of all.
  void Forget() { limit_.Forget(); }

  // Frees the bytes of blocks that were not committed in time.
  void DropAbandoned(Time now);

 private:
  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
  const HistorySettings& history_;
  std::atomic<Time> next_drop_ = Time();
  UncommittedLimit limit_;
};

}  // namespace msc::storage
