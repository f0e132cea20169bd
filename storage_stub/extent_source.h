#pragma once

#include <cstdint>
#include <span>

#include "emulator/http/body.h"
#include "storage_stub/extent_file.h"

namespace msc::storage {

// Reads the bytes of pinned extents, one after the other.
class ExtentSource final : public http::BodySource {
 public:
  explicit ExtentSource(Pin pin);

  std::uint64_t size() const override { return size_; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  Pin pin_;
  std::uint64_t size_ = 0;
  std::size_t extent_ = 0;  // The one that is being read,
  std::uint64_t done_ = 0;  // and bytes of it that were.
};

}  // namespace msc::storage
