#include "storage_stub/md5_pipeline.h"

#include <algorithm>

namespace msc::storage {

Md5Pipeline::Md5Pipeline(std::optional<std::uint64_t> size)
    // One byte more than the whole, so that its end shows without a second buffer.
    : buffer_size_(std::min<std::uint64_t>(size.value_or(kBufferSize), kBufferSize - 1) + 1),
      expected_(size.value_or(0)) {}

Md5Pipeline::~Md5Pipeline() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.resize(std::min<std::size_t>(waiting_.size(), 1));
  }
  Stop();
}

std::span<char> Md5Pipeline::NextBuffer() {
  {
    // They are hashed in turn: with fewer than kBuffers waiting, the next one is not among them.
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() < kBuffers; });
  }
  auto& buffer = buffers_[next_];
  next_ = (next_ + 1) % kBuffers;
  if (!buffer) buffer.reset(new char[buffer_size_]);  // Not zeroed: it is filled anyway.
  return {buffer.get(), buffer_size_};
}

void Md5Pipeline::Add(std::span<const char> filled) {
  added_ += filled.size();
  if (!thread_.joinable() && std::max(added_, expected_) <= kInlineLimit) {
    md5_.Update(filled);
    return;
  }
  if (!thread_.joinable()) thread_ = std::thread(&Md5Pipeline::Run, this);
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(filled);
  }
  changed_.notify_one();
}

Bytes Md5Pipeline::Finish() {
  Stop();
  return md5_.Finish();
}

void Md5Pipeline::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Md5Pipeline::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const auto piece = waiting_.front();
    lock.unlock();
    md5_.Update(piece);
    lock.lock();
    waiting_.pop_front();
    changed_.notify_one();
  }
}

}  // namespace msc::storage
