#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/read_cache.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_reader.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/blob_use.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/protocol/paging.h"
#include "storage_stub/records/blob_history.h"
#include "storage_stub/records/blob_rows.h"
#include "storage_stub/records/history_settings.h"
#include "storage_stub/records/replace_blob.h"

namespace msc::storage {

// All references that the records in `database` hold.
std::vector<Extent> ReadUsedExtents(sqlite::Database& database);

// The parameters of a read.
struct BlobReadRequest {
  Conditions conditions = {};
  std::optional<http::RangeRequest> range = {};  // nullopt: all of it. Find ignores it.
  Time now = {};
  Bytes key_sha256 = {};                   // Of the key in the request; empty: it has none.
  BlobUse use = BlobUse::kReadProperties;  // For Find.
};

// A blob and its bytes, which are not freed while this object lives.
struct OpenBlob {
  BlobRecord record;
  http::ByteRange range;
  StoredBytes bytes;
  std::uint64_t skip = 0;  // Bytes of the first extent before the range.
};

// The parameters of a list.
struct BlobListRequest {
  PageRequest page = {};
  std::string delimiter = {};   // Empty: names are not grouped.
  bool uncommitted = false;     // Also blobs that have only uncommitted blocks.
  std::string start_from = {};  // The first name that may be in the list; empty: any.
  std::string end_before = {};  // The first one that may not; empty: none.
  HistoryFilter history = {};   // Which former rows of a name are in the list.
};

// A blob, or a prefix that groups all names that have it up to the delimiter.
struct BlobListItem {
  std::string name;
  std::optional<BlobRecord> record = {};  // nullopt: a prefix, or nothing is committed yet.
  bool is_prefix = false;
};

// The source of a copy.
struct CopySource {
  ResourceName name;
  Conditions conditions = {};
  Time now = {};
  Bytes key_sha256 = {};                   // Of the key of the source; empty: it has none.
  std::optional<Metadata> metadata = {};   // Replaces the source's; nullopt: keeps them.
  BlobProperties properties = {};          // The same, for each one that is not empty.
  std::string source = {};                 // URL, without its query.
  std::optional<CopyRecord> record = {};   // Stored with the copy; nullopt: nothing is.
  std::optional<TierChange> tier = {};     // Of the copy; nullopt: it is not chosen.
  std::optional<Time> pending_until = {};  // When it will be complete; nullopt: at once.
  bool is_own = false;                     // The request has the key of the source's account.
  std::optional<Tags> tags = Tags();       // Of the copy; nullopt: those of the source.
  bool is_block_blob = false;              // The copy is one, whatever the source is.
  std::optional<bool> is_sealed = {};      // Of the copy of an append blob; nullopt: as the source.
};

// Records of blobs. Thread-safe. All methods return kContainerNotFound if the container is missing
// and kBlobNotFound if the blob is; those with conditions also the errors of CheckReadable,
// CheckChange, CheckWrite, CheckWritable or CheckUse; those that write also kAuthenticationFailed
// if the policy was deleted in the meantime.
class BlobStore {
 public:
  // REQUIRES: `database` and `history` outlive the store.
  BlobStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file,
            const HistorySettings& history)
      : database_(database), file_(std::move(file)), history_(history) {}

  // Makes the bytes in `writer`, which is closed, the blob `name`, with the properties, the
  // metadata and the time of the write in `record`. The errors of FindTarget.
  Result<BlobRecord> Put(const ResourceName& name, BlobRecord record, ExtentWriter& writer,
                         const WritePreconditions& preconditions);

  // Whether Put would fail now; to be called before the body is read.
  Status CheckPut(const ResourceName& name, const WritePreconditions& preconditions) const;

  // Makes an append blob or a page blob without any block or page, with the type, and for a page
  // blob the size, in `record`. The errors of FindTarget.
  Result<BlobRecord> Create(const ResourceName& name, BlobRecord record,
                            const WritePreconditions& preconditions);

  // Makes `name` a copy that shares its bytes with the source. If the source is missing:
  // kContainerNotFound and kBlobNotFound if it is the requester's own, else kCopySource…;
  // kSourceConditionNotMet; the errors of FindTarget; kInvalidBlobType if it would replace a blob
  // of another type; kInvalidSourceBlobType if it cannot be a block blob. The copy of an archived
  // blob to an online tier is one that is being rehydrated; all other copies of it fail.
  Result<BlobRecord> Copy(const ResourceName& name, const CopySource& source,
                          const WritePreconditions& preconditions, Time now);

  // Ends a pending copy: the blob has no bytes then. kNoPendingCopyOperation, kCopyIdMismatch.
  Status AbortCopy(const ResourceName& name, std::string_view copy_id,
                   const WritePreconditions& preconditions);

  // Completes all pending copies that would end at `until`.
  void CompleteCopies(Time until, Time now);

  Result<BlobRecord> Find(const ResourceName& name, const BlobReadRequest& request) const;

  // kInvalidRange.
  Result<OpenBlob> Open(const ResourceName& name, const BlobReadRequest& request) const;

  // Lets `change` change properties or metadata, as `use` says.
  Result<BlobRecord> Change(const ResourceName& name, const WritePreconditions& preconditions,
                            BlobUse use, Time now, const std::function<void(BlobRecord&)>& change);

  // Returns the state of the tier. Neither the ETag nor the time of the blob changes.
  // kAccessTierNotSupportedForBlobType unless it is a block blob; the errors of Changed.
  Result<TierState> SetTier(const ResourceName& name, const TierChange& change,
                            const WritePreconditions& preconditions);

  // Lets `change` change the immutability, which it returns. Neither the ETag nor the time of the
  // blob changes. The errors of `change`.
  Result<Immutability> ChangeImmutability(
      const ResourceName& name, const WritePreconditions& preconditions,
      const std::function<Result<Immutability>(const Immutability&)>& change);

  // `metadata`: of the snapshot; nullopt: that of the blob.
  Result<TakenSnapshot> Snapshot(const ResourceName& name, const std::optional<Metadata>& metadata,
                                 const WritePreconditions& preconditions, Time now);

  // Of a blob also the uncommitted blocks, even if there is no blob. `now` tells which of them are
  // too old to count. The result says whether nothing of it can come back. The errors of
  // DeleteWithHistory; kOperationNotAllowedOnRootBlob for the current version.
  Result<bool> Delete(const ResourceName& name, SnapshotDeletion snapshots,
                      const WritePreconditions& preconditions, Time now);

  // Runs `work`, in which this thread deletes many blobs or changes their tiers, and is as if it
  // had done so without this; but it is cheaper, because all is committed together. If it throws,
  // what was changed may be lost. REQUIRES: `work` writes no bytes.
  void Together(const std::function<void()>& work);

  // Restores what is soft-deleted. The errors of Undelete.
  Status Restore(const ResourceName& name, const WritePreconditions& preconditions, Time now);

  // Frees what is gone for good. Every write does it once in a while.
  void DropPurged(Time now);

  // Blobs in the order of their names. `now` tells which uncommitted blocks are too old to count.
  Result<Page<BlobListItem>> List(const ResourceName& container, const BlobListRequest& request,
                                  Time now) const;

 private:
  // What a read is about, with the tier that it has at the instant of the request; `path`:
  // PathOf(name).
  Result<BlobRow> FindToRead(sqlite::Transaction& transaction, const ResourceName& name,
                             const std::string& path, const BlobReadRequest& request,
                             BlobUse use) const;

  void DropPurgedIfDue(Time now);

  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
  const HistorySettings& history_;
  std::atomic<Time> next_purge_ = Time();
  mutable sqlite::ReadCache<Result<BlobRow>> found_;
};

}  // namespace msc::storage
