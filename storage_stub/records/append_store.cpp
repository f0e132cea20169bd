#include "storage_stub/records/append_store.h"

#include <utility>

#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/content.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/find_blob.h"

namespace msc::storage {
namespace {

Result<BlobRow> FindAppendBlob(sqlite::Transaction& transaction, const ResourceName& name,
                               const WritePreconditions& preconditions,
                               const AppendConditions& conditions) {
  auto row = FindChanged(transaction, name, preconditions, BlobUse::kChangeContent);
  if (!row) return row.error();
  if (auto typed = CheckType(row->record, BlobType::kAppend); !typed) return typed.error();
  if (conditions.position && *conditions.position != row->record.size) {
    return Error{StorageError::kAppendPositionConditionNotMet,
                 "the blob has " + std::to_string(row->record.size) + " bytes"};
  }
  return row;
}

Status CheckRoom(const BlobRecord& record, std::uint64_t size, const AppendConditions& conditions) {
  if (record.is_sealed) return Error{StorageError::kBlobIsSealed, "the blob takes no more blocks"};
  const auto& most = conditions.max_size;
  if (most && (size > *most || record.size > *most - size)) {
    return Error{StorageError::kMaxBlobSizeConditionNotMet,
                 "the blob has " + std::to_string(record.size) + " bytes"};
  }
  if (record.appended_blocks >= kMaxBlocks) {
    return Error{StorageError::kBlockCountExceedsLimit, "the blob has 50,000 blocks"};
  }
  return Done{};
}

}  // namespace

Status AppendStore::CheckAppend(const ResourceName& name, std::uint64_t size,
                                const WritePreconditions& preconditions,
                                const AppendConditions& conditions) const {
  auto transaction = database_.Read();
  const auto row = FindAppendBlob(transaction, name, preconditions, conditions);
  if (!row) return row.error();
  return CheckRoom(row->record, size, conditions);
}

Result<Appended> AppendStore::Append(const ResourceName& name, ExtentWriter& writer,
                                     const WritePreconditions& preconditions,
                                     const AppendConditions& conditions, Time now) {
  const Extent extent = writer.extent();
  auto transaction = database_.Write();
  auto row = FindAppendBlob(transaction, name, preconditions, conditions);
  if (!row) return row.error();
  BlobRecord& record = row->record;
  if (auto room = CheckRoom(record, extent.length, conditions); !room) return room.error();

  const std::uint64_t offset = record.size;
  const auto etag = NextEtag(transaction, now);
  Pin copies = OwnContent(transaction, file_, *row, etag);
  InsertCommitted(transaction, row->content,
                  {{{}, extent, writer.crc64(), offset, record.appended_blocks++}});
  record.etag = FormatEtag(etag);
  record.last_modified = now;
  record.size += extent.length;
  UpdateSize(transaction, *row, etag);
  transaction.Commit();
  copies.Dismiss();
  writer.Dismiss();
  return Appended{.record = std::move(record), .offset = offset};
}

Result<BlobRecord> AppendStore::Seal(const ResourceName& name,
                                     const WritePreconditions& preconditions,
                                     const AppendConditions& conditions) {
  auto transaction = database_.Write();
  auto row = FindAppendBlob(transaction, name, preconditions, conditions);
  if (!row) return row.error();
  MarkSealed(transaction, row->id);
  transaction.Commit();
  row->record.is_sealed = true;
  return std::move(row->record);
}

}  // namespace msc::storage
