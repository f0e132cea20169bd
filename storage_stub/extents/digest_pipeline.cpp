#include "storage_stub/extents/digest_pipeline.h"

#include <algorithm>

#include "emulator/base/thread.h"

namespace msc::storage {

DigestPipeline::DigestPipeline(std::optional<std::uint64_t> size, WantedDigests wanted)
    // One byte more than the body, so that its end is noticed without a second buffer.
    : buffer_size_(std::min<std::uint64_t>(size.value_or(kBufferSize), kBufferSize - 1) + 1),
      expected_(size.value_or(0)),
      is_slow_(wanted.md5),
      digester_(wanted) {}

DigestPipeline::~DigestPipeline() {
  {
    const MutexLock lock(mutex_);
    waiting_.resize(std::min<std::size_t>(waiting_.size(), 1));
  }
  Stop();
}

std::span<char> DigestPipeline::NextBuffer() {
  {
    // They are digested in order: if fewer than kBuffers wait, the next one is not among them.
    const MutexLock lock(mutex_);
    changed_.Wait(mutex_, [this]() MSC_REQUIRES(mutex_) { return waiting_.size() < kBuffers; });
  }
  auto& buffer = buffers_[next_];
  next_ = (next_ + 1) % kBuffers;
  if (!buffer) buffer.reset(new char[buffer_size_]);  // Not zeroed: it is filled anyway.
  return {buffer.get(), buffer_size_};
}

void DigestPipeline::Add(std::span<const char> filled) {
  added_ += filled.size();
  const bool is_quick = !is_slow_ || std::max(added_, expected_) <= kInlineLimit;
  if (!thread_.joinable() && is_quick) {
    digester_.Update(filled);
    return;
  }
  if (!thread_.joinable()) thread_ = StartThread(&DigestPipeline::Run, this);
  {
    const MutexLock lock(mutex_);
    waiting_.push_back(filled);
  }
  changed_.NotifyOne();
}

Digests DigestPipeline::Finish() {
  Stop();
  return digester_.Finish();
}

void DigestPipeline::Stop() {
  if (!thread_.joinable()) return;
  {
    const MutexLock lock(mutex_);
    ended_ = true;
  }
  changed_.NotifyOne();
  thread_.join();
}

void DigestPipeline::Run() {
  while (const auto piece = WaitForPiece()) {
    digester_.Update(*piece);
    const MutexLock lock(mutex_);
    waiting_.pop_front();
    changed_.NotifyOne();
  }
}

std::optional<std::span<const char>> DigestPipeline::WaitForPiece() {
  const MutexLock lock(mutex_);
  changed_.Wait(mutex_, [this]() MSC_REQUIRES(mutex_) { return ended_ || !waiting_.empty(); });
  if (waiting_.empty()) return std::nullopt;
  return waiting_.front();
}

}  // namespace msc::storage
