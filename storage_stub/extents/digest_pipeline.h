#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <thread>

#include "emulator/base/mutex.h"
#include "storage_stub/extents/digests.h"

namespace msc::storage {

// Provides buffers in turn and computes digests of their contents, in order. If more than a MiB
// needs its MD5, a separate thread computes the digests, so that the caller need not wait;
// otherwise they are computed at once. To be used from one thread. Has at most kBuffers buffers.
class DigestPipeline {
 public:
  static constexpr std::size_t kBuffers = 4;
  static constexpr std::size_t kBufferSize = 512 * 1024;
  static constexpr std::uint64_t kInlineLimit = 1024 * 1024;

  // `size`: number of bytes of the body; nullopt: unknown.
  DigestPipeline(std::optional<std::uint64_t> size, WantedDigests wanted);
  ~DigestPipeline();
  DigestPipeline(const DigestPipeline&) = delete;
  DigestPipeline& operator=(const DigestPipeline&) = delete;

  // Waits for a free buffer and returns it, to be filled. Of the earlier buffers, only the last one
  // may still be read.
  std::span<char> NextBuffer();

  // Adds `filled`, the front of the last buffer. Until the next buffer is taken, it may be read,
  // but not written.
  void Add(std::span<const char> filled);

  // The digests of all bytes that were added. REQUIRES: called once, at the end.
  Digests Finish();

 private:
  void Run();

  // The piece to digest next; nullopt if all are done and no more will come.
  std::optional<std::span<const char>> WaitForPiece();

  void Stop();

  const std::size_t buffer_size_;
  const std::uint64_t expected_;
  std::uint64_t added_ = 0;
  std::array<std::unique_ptr<char[]>, kBuffers> buffers_;
  std::size_t next_ = 0;
  const bool is_slow_;
  Digester digester_;  // Used by the thread, if there is one.

  Mutex mutex_;
  ConditionVariable changed_;
  // The first one is being digested.
  std::deque<std::span<const char>> waiting_ MSC_GUARDED_BY(mutex_);
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace msc::storage
