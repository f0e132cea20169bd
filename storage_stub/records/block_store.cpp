#include "storage_stub/records/block_store.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <utility>

#include "emulator/base/encoding.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/replace_blob.h"
#include "storage_stub/records/uncommitted_rows.h"

namespace msc::storage {
namespace {

using From = BlockListEntry::From;
// In domain time.
constexpr std::chrono::hours kDropInterval(1);

using BlocksById = std::unordered_map<std::string, Block>;

std::size_t DecodedSize(std::string_view block_id) {
  return Base64Decode(block_id).value_or("").size();
}

// Blobs of other types have no uncommitted blocks: that is checked for the first one.
Status CheckFirst(sqlite::Transaction& transaction, std::int64_t container,
                  const std::string& blob) {
  const auto row = SelectBlob(transaction, container, blob);
  return row ? CheckType(row->record, BlobType::kBlock) : Status(Done{});
}

// The errors of FindWritable, CheckWritable and CheckKey; kInvalidBlobType, kInvalidBlobOrBlock.
Result<std::int64_t> FindStage(sqlite::Transaction& transaction, const ResourceName& name,
                               std::string_view block, const WritePreconditions& preconditions,
                               Time now) {
  const auto container = FindWritable(transaction, name, preconditions);
  if (!container) return container.error();
  auto lease = SelectLease(transaction, container->id, name.blob);
  if (auto held = CheckWritable(lease, preconditions); !held) return held.error();
  const auto other = AnyUncommitted(transaction, container->id, name.blob, AbandonedSince(now));
  if (!other) {
    if (auto typed = CheckFirst(transaction, container->id, name.blob); !typed)
      return typed.error();
  } else if (DecodedSize(other->id) != DecodedSize(block)) {
    return Error{StorageError::kInvalidBlobOrBlock, "the ids of a blob's blocks have one length"};
  } else if (auto same = CheckKey(other->key_sha256, preconditions.encryption.key_sha256); !same) {
    return same.error();
  }
  return container->id;
}

// The ids are keys only.
BlocksById ById(std::vector<Block> blocks) {
  BlocksById by_id;
  for (auto& block : blocks) {
    const Block nameless{.id = {}, .extent = block.extent, .crc64 = block.crc64};
    by_id.emplace(std::move(block.id), nameless);
  }
  return by_id;
}

const Block* Find(const BlocksById& blocks, const std::string& id) {
  const auto found = blocks.find(id);
  return found == blocks.end() ? nullptr : &found->second;
}

// Whether a list has blocks of the blob that it replaces.
bool HasCommitted(const std::vector<BlockListEntry>& list, const BlocksById& uncommitted) {
  return std::any_of(list.begin(), list.end(), [&](const BlockListEntry& entry) {
    return entry.from == From::kCommitted ||
           (entry.from == From::kLatest && Find(uncommitted, entry.id) == nullptr);
  });
}

// Whether all blocks of a list are encrypted with the key of the request.
Status CheckKeys(sqlite::Transaction& transaction, const WriteTarget& target,
                 const std::string& blob, bool has_committed, Time since) {
  const auto& key = target.encryption.key_sha256;
  if (const auto staged = AnyUncommitted(transaction, target.container, blob, since)) {
    if (auto same = CheckKey(staged->key_sha256, key); !same) return same.error();
  }
  if (!has_committed || !target.old) return Done{};
  return CheckKey(target.old->record.encryption.key_sha256, key);
}

// The blocks in a list. kInvalidBlockList.
Result<std::vector<Block>> Resolve(const std::vector<BlockListEntry>& list,
                                   const BlocksById& committed, const BlocksById& uncommitted) {
  std::vector<Block> blocks;
  blocks.reserve(list.size());
  for (const auto& [from, id] : list) {
    const Block* found = from == From::kCommitted ? nullptr : Find(uncommitted, id);
    if (found == nullptr && from != From::kUncommitted) found = Find(committed, id);
    if (found == nullptr) {
      return Error{StorageError::kInvalidBlockList, "the blob has no such block: " + id};
    }
    blocks.push_back({id, found->extent, found->crc64});
  }
  return blocks;
}

}  // namespace

Status BlockStore::CheckStage(const ResourceName& name, std::string_view block,
                              const WritePreconditions& preconditions, Time now) const {
  auto transaction = database_.Read();
  const auto container = FindStage(transaction, name, block, preconditions, now);
  if (!container) return container.error();
  return Done{};
}

Status BlockStore::Stage(const ResourceName& name, const std::string& block, ExtentWriter& writer,
                         const WritePreconditions& preconditions, Time now) {
  const Time next = next_drop_;
  if (now >= next || now < next - kDropInterval)
    DropAbandoned(now);  // A test may set the clock back.
  Extent replaced;
  {
    auto transaction = database_.Write();
    const auto container = FindStage(transaction, name, block, preconditions, now);
    if (!container) return container.error();
    if (!limit_.Allows(transaction, *container, name.blob, block)) {
      return Error{StorageError::kUncommittedBlockCountExceedsLimit,
                   "a blob has at most 100,000 uncommitted blocks"};
    }
    replaced = ReplaceUncommitted(transaction, *container, name.blob,
                                  {block, writer.extent(), writer.crc64()},
                                  preconditions.encryption.key_sha256, now);
    transaction.Commit();
    writer.Dismiss();
  }
  file_->ReleaseReferencesLater({replaced});
  return Done{};
}

Result<BlobRecord> BlockStore::Commit(const ResourceName& name,
                                      const std::vector<BlockListEntry>& list, BlobRecord record,
                                      const WritePreconditions& preconditions) {
  std::vector<Extent> gone;
  {
    auto transaction = database_.Write();
    const auto target = FindTarget(transaction, name, preconditions);
    if (!target) return target.error();
    BlocksById committed;
    if (target->old) {
      if (auto typed = CheckType(target->old->record, BlobType::kBlock); !typed)
        return typed.error();
      committed = ById(SelectCommitted(transaction, target->old->content));
    }
    const Time since = AbandonedSince(record.last_modified);
    const auto uncommitted =
        ById(SelectUncommitted(transaction, target->container, name.blob, since));
    auto blocks = Resolve(list, committed, uncommitted);
    if (!blocks) return blocks.error();
    const auto keyed =
        CheckKeys(transaction, *target, name.blob, HasCommitted(list, uncommitted), since);
    if (!keyed) return keyed.error();

    Pin shared(file_, ExtentsOf(*blocks));
    auto replaced = ReplaceBlob(transaction, *target, name.blob, record, *std::move(blocks),
                                history_.Of(name.account));
    if (!replaced) return replaced.error();
    gone = *std::move(replaced);
    transaction.Commit();
    shared.Dismiss();
  }
  file_->ReleaseReferencesLater(gone);
  return record;
}

Result<BlockLists> BlockStore::List(const ResourceName& name, Time now) const {
  auto transaction = database_.Read();
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  BlockLists lists{.record = {}, .committed = {}, .uncommitted = {}};
  if (name.moment == BlobMoment{}) {
    lists.uncommitted = SelectUncommitted(transaction, *container, name.blob, AbandonedSince(now));
  }
  if (auto row = SelectBlob(transaction, *container, name.blob, name.moment)) {
    if (auto typed = CheckType(row->record, BlobType::kBlock); !typed) return typed.error();
    lists.record = std::move(row->record);
    lists.committed = SelectCommitted(transaction, row->content);
    // The bytes of a Put Blob are not a block.
    std::erase_if(lists.committed, [](const Block& block) { return block.id.empty(); });
  } else if (lists.uncommitted.empty()) {
    return BlobMissing(name.blob);
  }
  return lists;
}

std::size_t BlockStore::CountUncommitted(const ResourceName& container, Time now) const {
  auto transaction = database_.Read();
  const auto id = FindContainer(transaction, container.account, container.container);
  return id ? storage::CountUncommitted(transaction, *id, AbandonedSince(now)) : 0;
}

std::vector<std::string> BlockStore::ContainersWithUncommitted(std::string_view account,
                                                               Time now) const {
  auto transaction = database_.Read();
  return SelectContainersWithUncommitted(transaction, account, AbandonedSince(now));
}

void BlockStore::DropAbandoned(Time now) {
  std::vector<Extent> gone;
  {
    auto transaction = database_.WriteFromReserve();
    gone = DeleteAbandoned(transaction, AbandonedSince(now));
    transaction.Commit();
  }
  file_->ReleaseReferences(gone);
  next_drop_ = now + kDropInterval;
}

}  // namespace msc::storage
