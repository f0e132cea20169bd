#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "emulator/base/mutex.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_reader.h"
#include "storage_stub/model/blob_info.h"
#include "storage_stub/model/resource_name.h"

namespace msc::storage {

// Reads blobs for the control plane. Caches digests, so that a blob that does not change is read
// once. Thread-safe. REQUIRES: `database` outlives the inspector.
class BlobInspector {
 public:
  BlobInspector(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // What is hashed is taken from the budget. kContainerNotFound, kBlobNotFound.
  Result<BlobInspection> Inspect(const ResourceName& name, HashBudget& budget);

  // The first 64 KiB of a blob; fast. The same errors.
  Result<Bytes> Head(const ResourceName& name) const;

  // Empties the cache, because ETags will be used again. REQUIRES: the only transaction of the
  // database is the caller's.
  void Forget();

 private:
  static constexpr std::size_t kMost = 4'096;  // Digests in the cache.

  struct Digest {
    std::string etag;
    std::string sha256;  // Lower-case hex.
  };

  // A blob, read under the lock of the database.
  struct Subject {
    std::string key;  // Of digests_.
    std::string etag;
    BlobInspection known;  // `sha256` is empty if it is not cached.
    StoredBytes head;
    std::optional<StoredBytes> bytes;  // Absent: they are not to be hashed.
    std::uint64_t epoch;
  };

  // Subjects are hashed if their hash is not cached and they have at most `most_hashed` bytes.
  Result<Subject> Find(const ResourceName& name, std::uint64_t most_hashed) const;
  // Fills in the head and the hash. Throws std::runtime_error if the bytes cannot be read.
  void ReadBytes(Subject& subject, HashBudget& budget, BlobInspection& inspection);
  void Remember(const Subject& subject, const std::string& sha256);

  sqlite::Database& database_;
  const std::shared_ptr<ExtentFile> file_;
  mutable Mutex mutex_;
  // By "account/container/blob".
  std::map<std::string, Digest> digests_ MSC_GUARDED_BY(mutex_);
  std::uint64_t epoch_ MSC_GUARDED_BY(mutex_) = 0;  // Increased by each Forget.
};

}  // namespace msc::storage
