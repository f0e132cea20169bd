#pragma once

#include <cstdint>
#include <span>

#include "emulator/http/body.h"
#include "storage_stub/extents/extent_file.h"

namespace msc::storage {

// Reads bytes of pinned extents, one extent after the other.
class ExtentSource final : public http::BodySource {
 public:
  // `length` bytes, beginning `skip` bytes after the start of the first extent. REQUIRES: the
  // extents have that many, and `skip` is within the first one.
  ExtentSource(Pin pin, std::uint64_t skip, std::uint64_t length);

  std::uint64_t size() const override { return size_; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  Pin pin_;
  std::uint64_t size_;
  std::uint64_t left_;
  std::size_t extent_ = 0;  // The extent that is being read,
  std::uint64_t done_;      // and how many of its bytes were.
};

}  // namespace msc::storage
