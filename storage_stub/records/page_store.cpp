#include "storage_stub/records/page_store.h"

#include <algorithm>
#include <utility>

#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/page_diff.h"
#include "storage_stub/records/page_edit.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kHighestSequenceNumber = INT64_MAX;

Result<BlobRow> FindPageBlob(sqlite::Transaction& transaction, const ResourceName& name,
                             const WritePreconditions& preconditions, BlobUse use) {
  auto row = FindChanged(transaction, name, preconditions, use);
  if (!row) return row.error();
  if (auto typed = CheckType(row->record, BlobType::kPage); !typed) return typed.error();
  return row;
}

Status CheckSequence(const BlobRecord& record, const SequenceConditions& conditions) {
  const std::uint64_t number = record.sequence_number;
  const bool is_met = (!conditions.at_most || number <= *conditions.at_most) &&
                      (!conditions.below || number < *conditions.below) &&
                      (!conditions.is || number == *conditions.is);
  if (is_met) return Done{};
  return Error{StorageError::kSequenceNumberConditionNotMet,
               "the sequence number is " + std::to_string(number)};
}

Status CheckWithin(const BlobRecord& record, const http::ByteRange& range) {
  if (range.length <= record.size && range.first <= record.size - range.length) return Done{};
  return Error{StorageError::kInvalidPageRange,
               "the blob has " + std::to_string(record.size) + " bytes"};
}

Result<BlobRow> FindWritable(sqlite::Transaction& transaction, const ResourceName& name,
                             const http::ByteRange& range, const WritePreconditions& preconditions,
                             const SequenceConditions& conditions) {
  auto row = FindPageBlob(transaction, name, preconditions, BlobUse::kChangeContent);
  if (!row) return row.error();
  if (auto met = CheckSequence(row->record, conditions); !met) return met.error();
  if (auto within = CheckWithin(row->record, range); !within) return within.error();
  return row;
}

Result<std::uint64_t> Changed(std::uint64_t number, const SequenceChange& change) {
  switch (change.action) {
    case SequenceChange::Action::kMax:
      return std::max(number, change.number);
    case SequenceChange::Action::kUpdate:
      return change.number;
    case SequenceChange::Action::kIncrement:
      if (number < kHighestSequenceNumber) return number + 1;
  }
  return Error{StorageError::kSequenceNumberIncrementTooLarge, "it is the highest number"};
}

std::int64_t Renew(sqlite::Transaction& transaction, BlobRecord& record, Time now) {
  const auto etag = NextEtag(transaction, now);
  record.etag = FormatEtag(etag);
  record.last_modified = now;
  return etag;
}

// nullopt: nothing is compared.
Result<std::optional<EarlierPages>> FindEarlier(sqlite::Transaction& transaction,
                                                const BlobRow& row,
                                                std::optional<std::int64_t> previous) {
  if (!previous) return std::optional<EarlierPages>();
  const auto earlier =
      SelectBlob(transaction, row.container, row.name, {BlobKind::kSnapshot, *previous});
  if (!earlier || earlier->record.type != BlobType::kPage) {
    return Error{StorageError::kPreviousSnapshotNotFound, "there is no such snapshot of the blob"};
  }
  if (*previous > row.record.moment.number) {
    return Error{StorageError::kPreviousSnapshotCannotBeNewer, "it is newer than the other one"};
  }
  return std::optional(EarlierPages{earlier->content, *previous});
}

}  // namespace

Status PageStore::CheckWrite(const ResourceName& name, const http::ByteRange& range,
                             const WritePreconditions& preconditions,
                             const SequenceConditions& conditions) const {
  auto transaction = database_.Read();
  const auto row = FindWritable(transaction, name, range, preconditions, conditions);
  if (!row) return row.error();
  return Done{};
}

Result<BlobRecord> PageStore::Write(const ResourceName& name, std::uint64_t start,
                                    ExtentWriter& writer, const WritePreconditions& preconditions,
                                    const SequenceConditions& conditions, Time now) {
  const http::ByteRange range{.first = start, .length = writer.extent().length};
  auto record = Replace(name, range, PagesOf(writer, start), preconditions, conditions, now);
  if (record) writer.Dismiss();
  return record;
}

Result<BlobRecord> PageStore::Clear(const ResourceName& name, const http::ByteRange& range,
                                    const WritePreconditions& preconditions,
                                    const SequenceConditions& conditions, Time now) {
  return Replace(name, range, {}, preconditions, conditions, now);
}

Result<BlobRecord> PageStore::Replace(const ResourceName& name, const http::ByteRange& range,
                                      const std::vector<Block>& pages,
                                      const WritePreconditions& preconditions,
                                      const SequenceConditions& conditions, Time now) {
  std::vector<Extent> gone;
  BlobRecord record;
  {
    auto transaction = database_.Write();
    auto row = FindWritable(transaction, name, range, preconditions, conditions);
    if (!row) return row.error();
    const auto etag = Renew(transaction, row->record, now);
    PageEdit edit(transaction, file_, *row, etag, PathOf(name));
    edit.Clear(range);
    edit.Insert(pages);
    UpdateSize(transaction, *row, etag);
    transaction.Commit();
    gone = edit.Committed();
    record = std::move(row->record);
  }
  file_->ReleaseReferencesLater(gone);
  return record;
}

Result<BlobRecord> PageStore::Change(const ResourceName& name, const PageBlobChange& change,
                                     const WritePreconditions& preconditions, Time now) {
  std::vector<Extent> gone;
  BlobRecord record;
  {
    auto transaction = database_.Write();
    auto row = FindPageBlob(transaction, name, preconditions, BlobUse::kChangeProperties);
    if (!row) return row.error();
    record = row->record;
    if (change.sequence) {
      const auto number = Changed(record.sequence_number, *change.sequence);
      if (!number) return number.error();
      record.sequence_number = *number;
    }
    if (change.properties) record.properties = *change.properties;
    const auto etag = Renew(transaction, record, now);
    PageEdit edit(transaction, file_, *row, etag, PathOf(name));
    if (change.size && *change.size < record.size) {
      edit.Clear({.first = *change.size, .length = record.size - *change.size});
    }
    record.size = change.size.value_or(record.size);
    UpdateBlob(transaction, *row, record, etag);
    transaction.Commit();
    gone = edit.Committed();
  }
  file_->ReleaseReferences(gone);
  return record;
}

Result<PageRanges> PageStore::Ranges(const ResourceName& name, const PageRangesRequest& request,
                                     const Conditions& conditions) const {
  auto transaction = database_.Read();
  auto row = FindBlob(transaction, name);
  if (!row) return row.error();
  if (auto readable = CheckReadable(row->record, conditions, request.now); !readable)
    return readable.error();
  if (auto typed = CheckType(row->record, BlobType::kPage); !typed) return typed.error();
  http::ByteRange range{.first = 0, .length = row->record.size};
  if (request.range) {
    const auto part = RangeWithin(*request.range, row->record.size);
    if (!part) return part.error();
    range = *part;
  }
  const auto earlier = FindEarlier(transaction, *row, request.previous);
  if (!earlier) return earlier.error();
  PageRanges ranges{.record = std::move(row->record), .ranges = {}, .next = {}};
  const std::uint64_t end = range.first + range.length;
  const std::uint64_t first = std::max(range.first, request.from);
  if (first >= end) return ranges;
  // One more tells where the next page of the list begins.
  const std::size_t most = request.max_results + (request.max_results < SIZE_MAX ? 1 : 0);
  const http::ByteRange part{.first = first, .length = end - first};
  ranges.ranges = earlier->has_value()
                      ? SelectPageDiff(transaction, row->content, **earlier, part, most)
                      : SelectPageRanges(transaction, row->content, part, most);
  if (ranges.ranges.size() > request.max_results) {
    ranges.next = ranges.ranges.back().range.first;
    ranges.ranges.pop_back();
  }
  return ranges;
}

}  // namespace msc::storage
