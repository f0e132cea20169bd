#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"

namespace msc::storage {

// The conditions of an operation that appends; nullopt: absent.
struct AppendConditions {
  std::optional<std::uint64_t> position = {};  // The size that the blob must have, in bytes.
  std::optional<std::uint64_t> max_size = {};  // The size that it may have afterwards.
};

// An appended block.
struct Appended {
  BlobRecord record;
  std::uint64_t offset;  // The block's first byte.
};

// Records of append blobs. Thread-safe. All methods return kContainerNotFound, kBlobNotFound,
// kInvalidBlobType for blobs of other types, kConditionNotMet, kAppendPositionConditionNotMet, and
// kAuthenticationFailed if the policy was deleted in the meantime.
class AppendStore {
 public:
  // REQUIRES: `database` outlives the store.
  AppendStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // Whether Append would fail now for a block of `size` bytes.
  Status CheckAppend(const ResourceName& name, std::uint64_t size,
                     const WritePreconditions& preconditions,
                     const AppendConditions& conditions) const;

  // Adds the bytes in `writer`, which is closed, as a block. kBlobIsSealed,
  // kMaxBlobSizeConditionNotMet, kBlockCountExceedsLimit.
  Result<Appended> Append(const ResourceName& name, ExtentWriter& writer,
                          const WritePreconditions& preconditions,
                          const AppendConditions& conditions, Time now);

  // Makes it take no more blocks. Neither the ETag nor the time changes.
  Result<BlobRecord> Seal(const ResourceName& name, const WritePreconditions& preconditions,
                          const AppendConditions& conditions);

 private:
  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
};

}  // namespace msc::storage
