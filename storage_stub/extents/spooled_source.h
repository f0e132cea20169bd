#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "emulator/http/body.h"
#include "storage_stub/extents/extent_writer.h"

namespace msc::storage {

// A document that is kept in the file of blobs, not in memory, until a client has read it. Its
// bytes are freed with this object.
class SpooledSource final : public http::BodySource {
 public:
  // Throws std::runtime_error if the disk is full or broken.
  SpooledSource(std::shared_ptr<ExtentFile> file, std::string_view document);

  std::uint64_t size() const override { return writer_.extent().length; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  ExtentWriter writer_;
  std::uint64_t done_ = 0;
};

}  // namespace msc::storage
