#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "emulator/http/body.h"
#include "storage_stub/extents/extent_reader.h"

namespace msc::storage {

// A body that is read from extents, and checked as ExtentReader does: if bytes were changed from
// outside, it ends before the extent does.
class ExtentSource final : public http::BodySource {
 public:
  // The parameters of ExtentReader.
  ExtentSource(StoredBytes bytes, std::uint64_t skip, std::uint64_t length)
      : bytes_(std::move(bytes)), reader_(bytes_, skip, length), size_(length) {}

  std::uint64_t size() const override { return size_; }
  std::size_t Read(std::span<char> buffer) override { return reader_.Read(buffer); }
  std::optional<http::BytesInPlace> TakeInPlace(std::size_t most, bool from_files) override {
    return from_files ? reader_.TakeInFile(most) : std::nullopt;
  }

 private:
  const StoredBytes bytes_;
  ExtentReader reader_;
  std::uint64_t size_;
};

}  // namespace msc::storage
