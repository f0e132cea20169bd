#include "storage_stub/extents/extent_source.h"

#include <algorithm>
#include <utility>

namespace msc::storage {

ExtentSource::ExtentSource(Pin pin, std::uint64_t skip, std::uint64_t length)
    : pin_(std::move(pin)), size_(length), left_(length), done_(skip) {}

std::size_t ExtentSource::Read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size() && left_ > 0) {
    const Extent& extent = pin_.extents()[extent_];
    const std::size_t count =
        std::min<std::uint64_t>({buffer.size() - filled, extent.length - done_, left_});
    pin_.file().Read(extent.offset + done_, buffer.subspan(filled, count));
    filled += count;
    left_ -= count;
    done_ += count;
    if (done_ < extent.length) continue;
    ++extent_;
    done_ = 0;
  }
  return filled;
}

}  // namespace msc::storage
