#pragma once

#include <memory>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/blob_record.h"
#include "storage_stub/extent_file.h"
#include "storage_stub/extent_writer.h"
#include "storage_stub/sas.h"

namespace msc::storage {

// A blob whose bytes stay where they are for as long as this lives.
struct OpenBlob {
  BlobRecord record;
  Pin bytes;
};

// All extents that `database` names.
std::vector<Extent> ReadUsedExtents(sqlite::Database& database);

// Records of blobs. Thread-safe. Where the container is missing, all refuse with
// kContainerNotFound, where the blob is, with kBlobNotFound.
class BlobStore {
 public:
  // On what terms Put may write.
  struct PutTerms {
    bool may_overwrite;     // A blob that is there already.
    std::string policy_id;  // Stored policy that must still be there; empty: none need.
  };

  // REQUIRES: `database` outlives the store.
  BlobStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file)
      : database_(database), file_(std::move(file)) {}

  // Makes the bytes in `writer`, which is closed, the blob `name`, and frees those it had before.
  // kUnauthorizedBlobOverwrite; kAuthenticationFailed where the policy has gone meanwhile.
  Result<BlobRecord> Put(const ResourceName& name, const BlobProperties& properties,
                         ExtentWriter& writer, const PutTerms& terms, Time now);

  // Whether Put would refuse as things stand, to be known before the body is read.
  Status CheckPut(const ResourceName& name, const PutTerms& terms) const;

  Result<BlobRecord> Find(const ResourceName& name) const;
  Result<OpenBlob> Open(const ResourceName& name) const;
  Status Delete(const ResourceName& name);

 private:
  sqlite::Database& database_;
  std::shared_ptr<ExtentFile> file_;
};

}  // namespace msc::storage
