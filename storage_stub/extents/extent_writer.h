#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "emulator/base/crc64.h"
#include "storage_stub/extents/extent_file.h"

namespace msc::storage {

// Writes bytes to a new extent that no record names yet. The destructor frees it, unless Dismiss
// was called.
class ExtentWriter {
 public:
  // `capacity`: the maximum number of bytes. If there are fewer, Close frees the rest; the file is
  // sparse, so that costs nothing.
  ExtentWriter(std::shared_ptr<ExtentFile> file, std::uint64_t capacity);
  ~ExtentWriter();
  ExtentWriter(const ExtentWriter&) = delete;
  ExtentWriter& operator=(const ExtentWriter&) = delete;

  // Throws std::runtime_error if the disk is full or broken. REQUIRES: within the capacity.
  void Append(std::span<const char> bytes);

  // Frees the part that was not written, and secures the rest. Append must not be called any more.
  // Throws std::runtime_error if the disk is broken, or if written bytes are not there any more.
  void Close();

  // The extent of the bytes; empty if there are none.
  Extent extent() const { return size_ == 0 ? Extent{} : Extent{region_.offset, size_}; }

  // Of the bytes.
  std::uint64_t crc64() const { return crc64_.value(); }

  ExtentFile& file() const { return *file_; }

  // To be called when a record names the extent.
  void Dismiss() { region_ = {}; }

 private:
  std::shared_ptr<ExtentFile> file_;
  Extent region_;
  std::uint64_t size_ = 0;
  const std::uint64_t failed_syncs_;  // Before the first byte.
  Crc64 crc64_;
};

}  // namespace msc::storage
