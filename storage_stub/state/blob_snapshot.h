#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage_stub/extents/extent_file.h"

namespace msc::storage {

// All that a blob service's database holds at one moment, and the bytes of blobs that it names:
// shared, not copied, and nobody else's for as long as this lives.
class BlobSnapshot {
 public:
  // REQUIRES: `bytes` has one entry for each reference in `records`.
  BlobSnapshot(std::string records, Pin bytes)
      : records_(std::move(records)), bytes_(std::move(bytes)) {}

  // The bytes of a database file.
  const std::string& records() const { return records_; }

  // An entry for each reference in the records; empty ones have no bytes.
  const std::vector<Extent>& extents() const { return bytes_.extents(); }

  const ExtentFile& file() const { return bytes_.file(); }

 private:
  const std::string records_;
  const Pin bytes_;
};

}  // namespace msc::storage
