#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/records/page_rows.h"

namespace msc::storage {

// Conditions on the sequence number; nullopt: absent.
struct SequenceConditions {
  std::optional<std::uint64_t> at_most = {};
  std::optional<std::uint64_t> below = {};
  std::optional<std::uint64_t> is = {};
};

// A change of the sequence number.
struct SequenceChange {
  enum class Action { kMax, kUpdate, kIncrement } action;
  std::uint64_t number = 0;  // Not for kIncrement.
};

// What Set Blob Properties changes of a page blob; nullopt: not that.
struct PageBlobChange {
  std::optional<BlobProperties> properties = {};
  std::optional<std::uint64_t> size = {};  // Bytes.
  std::optional<SequenceChange> sequence = {};
};

struct PageRangesRequest {
  std::optional<http::RangeRequest> range = {};  // nullopt: all of it.
  std::uint64_t from = 0;                        // The first byte of this page of the list.
  std::size_t max_results = SIZE_MAX;
  Time now = {};
  std::optional<std::int64_t> previous = {};  // The snapshot to compare with.
};

// Ranges of pages that were written, and not cleared since; compared with a snapshot, those that
// were written or cleared since then.
struct PageRanges {
  BlobRecord record;
  std::vector<PageRange> ranges;
  std::optional<std::uint64_t> next;  // Where the next page of the list begins.
};

// Records of page blobs. Thread-safe. All methods return kContainerNotFound, kBlobNotFound,
// kInvalidBlobType for blobs of other types, and kConditionNotMet; those that write also
// kAuthenticationFailed if the policy was deleted in the meantime, and those with a range
// kInvalidPageRange if it is not within the blob.
class PageStore {
 public:
  // REQUIRES: `database` outlives the store.
  PageStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // Whether Write would fail now.
  Status CheckWrite(const ResourceName& name, const http::ByteRange& range,
                    const WritePreconditions& preconditions,
                    const SequenceConditions& conditions) const;

  // Makes the bytes in `writer`, which is closed, the pages from `start` on.
  // kSequenceNumberConditionNotMet.
  Result<BlobRecord> Write(const ResourceName& name, std::uint64_t start, ExtentWriter& writer,
                           const WritePreconditions& preconditions,
                           const SequenceConditions& conditions, Time now);

  // Removes pages. kSequenceNumberConditionNotMet.
  Result<BlobRecord> Clear(const ResourceName& name, const http::ByteRange& range,
                           const WritePreconditions& preconditions,
                           const SequenceConditions& conditions, Time now);

  // Pages beyond a new size are removed. kSequenceNumberIncrementTooLarge.
  Result<BlobRecord> Change(const ResourceName& name, const PageBlobChange& change,
                            const WritePreconditions& preconditions, Time now);

  // kInvalidRange; kPreviousSnapshotNotFound, kPreviousSnapshotCannotBeNewer.
  Result<PageRanges> Ranges(const ResourceName& name, const PageRangesRequest& request,
                            const Conditions& conditions) const;

 private:
  Result<BlobRecord> Replace(const ResourceName& name, const http::ByteRange& range,
                             const std::vector<Block>& pages,
                             const WritePreconditions& preconditions,
                             const SequenceConditions& conditions, Time now);

  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
};

}  // namespace msc::storage
