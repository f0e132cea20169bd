#include "storage_stub/extent_source.h"

#include <algorithm>
#include <utility>

namespace msc::storage {

ExtentSource::ExtentSource(Pin pin) : pin_(std::move(pin)) {
  for (const auto& extent : pin_.extents()) size_ += extent.length;
}

std::size_t ExtentSource::Read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size() && extent_ < pin_.extents().size()) {
    const Extent& extent = pin_.extents()[extent_];
    const std::size_t count =
        std::min<std::uint64_t>(buffer.size() - filled, extent.length - done_);
    pin_.file().Read(extent.offset + done_, buffer.subspan(filled, count));
    filled += count;
    done_ += count;
    if (done_ < extent.length) continue;
    ++extent_;
    done_ = 0;
  }
  return filled;
}

}  // namespace msc::storage
