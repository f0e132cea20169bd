#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "storage_stub/extent_file.h"

namespace msc::storage {

// Writes bytes aside, into extents that no record names yet, and gives them back unless kept.
class ExtentWriter {
 public:
  // `size`: bytes that are to come, which then lie in one run; nullopt: unknown.
  ExtentWriter(std::shared_ptr<ExtentFile> file, std::optional<std::uint64_t> size);
  ~ExtentWriter();
  ExtentWriter(const ExtentWriter&) = delete;
  ExtentWriter& operator=(const ExtentWriter&) = delete;

  // Throws std::runtime_error where the disk is full or broken.
  void Append(std::span<const char> bytes);

  // Gives back what was taken and not written. Nothing is appended after that.
  void Close();

  // Bytes written.
  std::uint64_t size() const { return size_; }

  // Where they are. REQUIRES: closed.
  const std::vector<Extent>& extents() const { return regions_; }

  // A record names them now.
  void Keep() { regions_.clear(); }

 private:
  void Reserve(std::uint64_t length);

  std::shared_ptr<ExtentFile> file_;
  std::vector<Extent> regions_;  // The last one has room for what comes next.
  std::uint64_t size_ = 0;
  std::uint64_t room_ = 0;  // Bytes left in the last region.
};

}  // namespace msc::storage
