#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "storage_stub/extents/extent_file.h"

namespace msc::storage {

// Writes bytes aside, into an extent that no record names yet, and gives it back unless kept.
class ExtentWriter {
 public:
  // `capacity`: bytes that will come at most. Where fewer do, Close gives the rest back; as the
  // file is sparse, that costs nothing.
  ExtentWriter(std::shared_ptr<ExtentFile> file, std::uint64_t capacity);
  ~ExtentWriter();
  ExtentWriter(const ExtentWriter&) = delete;
  ExtentWriter& operator=(const ExtentWriter&) = delete;

  // Throws std::runtime_error where the disk is full or broken. REQUIRES: within the capacity.
  void Append(std::span<const char> bytes);

  // Gives back what was taken and not written, and secures the rest. Nothing is appended after
  // that.
  void Close();

  // Where the bytes are; empty where there are none.
  Extent extent() const { return size_ == 0 ? Extent{} : Extent{region_.offset, size_}; }

  ExtentFile& file() const { return *file_; }

  // A record names the extent now.
  void Dismiss() { region_ = {}; }

 private:
  std::shared_ptr<ExtentFile> file_;
  Extent region_;
  std::uint64_t size_ = 0;
};

}  // namespace msc::storage
