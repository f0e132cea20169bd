#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_writer.h"

namespace msc::storage {

// The whole database of a blob service at one moment, and the blob bytes that it refers to. The
// bytes are shared, not copied, and are not reused while this object lives.
class BlobSnapshot {
 public:
  // `records`: the bytes of a database file, in memory or written to the file of blobs. REQUIRES:
  // `bytes` has one entry for each reference in them.
  BlobSnapshot(std::string records, Pin bytes)
      : records_(std::move(records)), bytes_(std::move(bytes)) {}
  BlobSnapshot(std::unique_ptr<ExtentWriter> records, Pin bytes)
      : spooled_(std::move(records)), bytes_(std::move(bytes)) {}

  std::uint64_t records_size() const {
    return spooled_ ? spooled_->extent().length : records_.size();
  }

  // Fills `bytes` from `offset` on in the database file. Throws std::runtime_error if the disk is
  // broken.
  void ReadRecords(std::uint64_t offset, std::span<char> bytes) const {
    if (spooled_) {
      spooled_->file().Read(spooled_->extent().offset + offset, bytes);
    } else {
      records_.copy(bytes.data(), bytes.size(), static_cast<std::size_t>(offset));
    }
  }

  // The whole database file.
  std::string Records() const {
    std::string records(static_cast<std::size_t>(records_size()), '\0');
    ReadRecords(0, records);
    return records;
  }

  // One entry for each reference in the records; empty entries have no bytes.
  const std::vector<Extent>& extents() const { return bytes_.extents(); }

  const ExtentFile& file() const { return bytes_.file(); }

 private:
  const std::string records_;  // Empty if it is spooled.
  const std::unique_ptr<ExtentWriter> spooled_ = nullptr;
  const Pin bytes_;
};

}  // namespace msc::storage
