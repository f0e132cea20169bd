#include "storage_stub/extent_writer.h"

#include <algorithm>
#include <utility>

namespace msc::storage {
namespace {

// What is taken at once where nobody knows how much will come.
constexpr std::uint64_t kPiece = 8 * 1024 * 1024;

}  // namespace

ExtentWriter::ExtentWriter(std::shared_ptr<ExtentFile> file, std::optional<std::uint64_t> size)
    : file_(std::move(file)) {
  if (size.value_or(0) > 0) Reserve(*size);
}

ExtentWriter::~ExtentWriter() { file_->Free(regions_); }

void ExtentWriter::Reserve(std::uint64_t length) {
  if (!regions_.empty() && file_->Grow(regions_.back(), length)) {
    room_ = length;
    return;
  }
  regions_.reserve(regions_.size() + 1);  // So that nothing can fail once the region is taken.
  const Extent region = file_->Take(length);
  regions_.push_back(region);
  room_ = region.length;
}

void ExtentWriter::Append(std::span<const char> bytes) {
  while (!bytes.empty()) {
    if (room_ == 0) Reserve(kPiece);
    const std::size_t count = std::min<std::uint64_t>(bytes.size(), room_);
    file_->Write(regions_.back().end() - room_, bytes.first(count));
    room_ -= count;
    size_ += count;
    bytes = bytes.subspan(count);
  }
}

void ExtentWriter::Close() {
  if (regions_.empty()) return;
  Extent& last = regions_.back();
  const Extent whole = last;
  last.length -= room_;
  const std::uint64_t kept = RegionOf(last).end();
  room_ = 0;
  if (kept < whole.end()) file_->Free({{kept, whole.end() - kept}});
  if (last.length == 0) regions_.pop_back();
}

}  // namespace msc::storage
