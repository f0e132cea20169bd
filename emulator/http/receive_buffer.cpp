#include "emulator/http/receive_buffer.h"

#include <algorithm>
#include <cstring>

namespace msc::http {
namespace {

constexpr std::size_t kGrowth = 16 * 1024;

}  // namespace

void ReceiveBuffer::Take(std::size_t count) {
  begin_ += count;
  if (begin_ < end_) return;
  buffer_.reset();
  capacity_ = begin_ = end_ = 0;
}

void ReceiveBuffer::MakeRoom() {
  const std::size_t used = end_ - begin_;
  if (begin_ > 0 && used < capacity_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, used);
  } else {
    capacity_ = std::max(kGrowth, capacity_ * 2);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
    if (used > 0) std::memcpy(larger.get(), buffer_.get() + begin_, used);
    buffer_ = std::move(larger);
  }
  begin_ = 0;
  end_ = used;
}

Stream::Progress ReceiveBuffer::Fill(Stream& stream) {
  if (end_ == capacity_) MakeRoom();
  const auto progress = stream.Read({buffer_.get() + end_, capacity_ - end_});
  end_ += progress.bytes;
  if (begin_ == end_) Take(0);
  return progress;
}

}  // namespace msc::http
