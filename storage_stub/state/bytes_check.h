#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "emulator/base/descriptor.h"
#include "storage_stub/extents/region_allocator.h"

namespace msc::storage {

// Compares the file of bytes with what the records of blocks say about it, without changing it.
class BytesCheck {
 public:
  struct Block {
    Extent extent;
    std::uint64_t crc64;
    std::string blob;  // "account/container/blob".
    bool is_committed;
  };

  // `folder`: the one with the file. `report` takes one line for each problem; if blocks of one
  // blob share bytes, one for all of them.
  BytesCheck(const std::string& folder, std::function<void(const std::string&)> report);

  // To be called for each block, in the order of their extents.
  void Add(const Block& block);

  // The number of bytes in blocks.
  std::uint64_t bytes() const { return bytes_; }

 private:
  void Begin(const Block& block);
  void Read(const Extent& extent);
  void Report(const Block& block, const std::string& problem);

  const std::string path_;
  const std::function<void(const std::string&)> report_;
  const Descriptor file_;
  std::uint64_t size_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t end_ = 0;  // Of all regions before.
  Extent extent_;          // The last one,
  std::uint64_t crc64_ = 0;
  bool is_readable_ = false;
  std::string reported_;  // and the last blob that has a problem with it.
};

}  // namespace msc::storage
