#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "emulator/base/mutex.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/model/blob_info.h"
#include "storage_stub/model/resource_name.h"

namespace msc::storage {

// Looks into blobs for those who watch over a test. Remembers digests, so that a blob that stays as
// it is is read once. Thread-safe. REQUIRES: `database` outlives the inspector.
class BlobInspector {
 public:
  BlobInspector(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // kContainerNotFound, kBlobNotFound.
  Result<BlobInspection> Inspect(const ResourceName& name);

  // Its first 64 KiB, at little cost. The same errors.
  Result<Bytes> Head(const ResourceName& name) const;

  // Drops what is remembered; ETags will be dealt out again. REQUIRES: no transaction of the
  // database but the caller's.
  void Forget();

 private:
  static constexpr std::size_t kMost = 4'096;  // Digests that are remembered.

  struct Digest {
    std::string etag;
    std::string sha256;  // Lower-case hex.
  };

  // A blob as it was under the lock of the database.
  struct Subject {
    std::string key;  // Of digests_.
    std::string etag;
    BlobInspection known;  // `sha256` is empty where it is not remembered.
    Pin bytes;
    std::uint64_t epoch;
  };

  Result<Subject> Find(const ResourceName& name) const;
  void Remember(const Subject& subject, const std::string& sha256);

  sqlite::Database& database_;
  const std::shared_ptr<ExtentFile> file_;
  mutable Mutex mutex_;
  // By "account/container/blob".
  std::map<std::string, Digest> digests_ MSC_GUARDED_BY(mutex_);
  std::uint64_t epoch_ MSC_GUARDED_BY(mutex_) = 0;  // Goes up with each Forget.
};

}  // namespace msc::storage
