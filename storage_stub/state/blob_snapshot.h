#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage_stub/extents/extent_file.h"

namespace msc::storage {

// The whole database of a blob service at one moment, and the blob bytes that it refers to. The
// bytes are shared, not copied, and are not reused while this object lives.
class BlobSnapshot {
 public:
  // REQUIRES: `bytes` has one entry for each reference in `records`.
  BlobSnapshot(std::string records, Pin bytes)
      : records_(std::move(records)), bytes_(std::move(bytes)) {}

  // The bytes of a database file.
  const std::string& records() const { return records_; }

  // One entry for each reference in the records; empty entries have no bytes.
  const std::vector<Extent>& extents() const { return bytes_.extents(); }

  const ExtentFile& file() const { return bytes_.file(); }

 private:
  const std::string records_;
  const Pin bytes_;
};

}  // namespace msc::storage
