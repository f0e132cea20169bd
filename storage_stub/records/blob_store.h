#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/read_cache.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/protocol/paging.h"
#include "storage_stub/records/blob_rows.h"
#include "storage_stub/records/replace_blob.h"

namespace msc::storage {

// All references that the records in `database` hold.
std::vector<Extent> ReadUsedExtents(sqlite::Database& database);

// What a read is for.
struct BlobReadRequest {
  Conditions conditions = {};
  std::optional<RangeRequest> range = {};  // nullopt: all of it.
};

// A blob, and bytes of it that stay where they are for as long as this lives.
struct OpenBlob {
  BlobRecord record;
  ByteRange range;
  Pin bytes;
  std::uint64_t skip = 0;  // Bytes of the first extent that come before the range.
};

// What a list is asked for.
struct BlobListRequest {
  PageRequest page = {};
  std::string delimiter = {};  // Empty: names are not grouped.
  bool uncommitted = false;    // Blobs too of which there are uncommitted blocks alone.
};

// A blob, or all that share a prefix up to the delimiter.
struct BlobListItem {
  std::string name;
  std::optional<BlobRecord> record = {};  // nullopt: a prefix, or nothing is committed yet.
  bool is_prefix = false;
};

// Where a copy comes from.
struct CopySource {
  ResourceName name;
  Conditions conditions = {};
  std::optional<Metadata> metadata = {};  // In the place of the source's; nullopt: the source's.
  BlobProperties properties = {};         // Likewise, each one that is not empty.
  std::string source = {};                // URL, without its query.
  std::optional<CopyRecord> record = {};  // What the copy says of it; nullopt: nothing.
  bool tier_is_set = false;               // Of the copy.
};

// Records of blobs. Thread-safe. Where the container is missing, all refuse with
// kContainerNotFound, where the blob is, with kBlobNotFound; those that take conditions with the
// errors of CheckRead, CheckChange or CheckWrite; those that write with kAuthenticationFailed where
// the policy has gone meanwhile.
class BlobStore {
 public:
  // REQUIRES: `database` outlives the store.
  BlobStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // Makes the bytes in `writer`, which is closed, the blob `name`. The record says what is known of
  // it: properties, metadata and the time of the write. Errors: FindTarget's.
  Result<BlobRecord> Put(const ResourceName& name, BlobRecord record, ExtentWriter& writer,
                         const WritePreconditions& preconditions);

  // Whether Put would refuse as things stand, to be known before the body is read.
  Status CheckPut(const ResourceName& name, const WritePreconditions& preconditions) const;

  // Makes `name` a copy that shares its bytes with the source. kContainerNotFound and kBlobNotFound
  // for the source too; kSourceConditionNotMet; FindTarget's.
  Result<BlobRecord> Copy(const ResourceName& name, const CopySource& source,
                          const WritePreconditions& preconditions, Time now);

  Result<BlobRecord> Find(const ResourceName& name, const Conditions& conditions = {}) const;

  // kInvalidRange.
  Result<OpenBlob> Open(const ResourceName& name, const BlobReadRequest& preconditions) const;

  // Lets `change` at properties and metadata.
  Result<BlobRecord> Change(const ResourceName& name, const WritePreconditions& preconditions,
                            Time now, const std::function<void(BlobRecord&)>& change);

  // A client has chosen the tier that the blob has. Neither ETag nor time change.
  Status SetTier(const ResourceName& name, const WritePreconditions& preconditions);

  // Also of a name that has uncommitted blocks alone: they go. `now` tells which are too old to
  // count.
  Status Delete(const ResourceName& name, const WritePreconditions& preconditions, Time now);

  // In the order of names. `now` tells which uncommitted blocks are too old to count.
  Result<Page<BlobListItem>> List(const ResourceName& container, const BlobListRequest& request,
                                  Time now) const;

 private:
  // For reads. kContainerNotFound, kBlobNotFound.
  Result<BlobRow> FindToRead(sqlite::Transaction& transaction, const ResourceName& name) const;

  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
  mutable sqlite::ReadCache<Result<BlobRow>> found_;
};

}  // namespace msc::storage
