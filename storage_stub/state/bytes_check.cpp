#include "storage_stub/state/bytes_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <utility>

#include "emulator/base/crc64.h"
#include "storage_stub/model/bytes_file.h"

namespace msc::storage {
namespace {

// Without an overflow, whatever the extent is.
bool IsWithin(const Extent& extent, std::uint64_t size) {
  return extent.length <= size && extent.offset <= size - extent.length;
}

}  // namespace

BytesCheck::BytesCheck(const std::string& folder, std::function<void(const std::string&)> report)
    : path_(folder + '/' + kBytesFile),
      report_(std::move(report)),
      file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(path_, missing);
  if (missing || file_.get() < 0) {
    report_(path_ + ": it cannot be read");
  } else {
    size_ = size;
  }
}

void BytesCheck::Add(const Block& block) {
  if (block.extent != extent_) Begin(block);
  if (!IsWithin(block.extent, size_)) {
    Report(block, "its bytes lie beyond the end of the file");
  } else if (!is_readable_) {
    Report(block, "its bytes cannot be read");
  } else if (block.crc64 != crc64_) {
    Report(block, "its bytes are not those that were written");
  }
}

void BytesCheck::Begin(const Block& block) {
  extent_ = block.extent;
  reported_.clear();
  is_readable_ = false;
  if (!IsWithin(extent_, size_)) return;
  if (extent_.offset < end_) Report(block, "its bytes overlap those of another block");
  end_ = std::max(end_, RegionOf(extent_).end());
  bytes_ += extent_.length;
  Read(extent_);
}

void BytesCheck::Read(const Extent& extent) {
  Crc64 crc64;
  std::array<char, 64 * 1024> buffer;
  std::uint64_t at = extent.offset;
  while (at < extent.end()) {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), extent.end() - at);
    const auto count = ::pread(file_.get(), buffer.data(), wanted, static_cast<off_t>(at));
    if (count <= 0) break;
    crc64.Update(std::span(buffer).first(static_cast<std::size_t>(count)));
    at += static_cast<std::uint64_t>(count);
  }
  is_readable_ = at == extent.end();
  crc64_ = crc64.value();
}

void BytesCheck::Report(const Block& block, const std::string& problem) {
  if (reported_ == block.blob) return;
  reported_ = block.blob;
  report_(block.blob + ": " + (block.is_committed ? "a block" : "a block that waits for its list") +
          " at " + std::to_string(block.extent.offset) + " of " + path_ + ", " +
          std::to_string(block.extent.length) + " bytes: " + problem);
}

}  // namespace msc::storage
