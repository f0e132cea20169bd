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

// Hands out buffers in turn and takes digests of what was put into them, in order: at once while
// there is little to do, on a thread of its own where more than a MiB needs its MD5, so that
// whoever fills them need not wait. To be used from one thread. Holds at most kBuffers buffers.
class DigestPipeline {
 public:
  static constexpr std::size_t kBuffers = 4;
  static constexpr std::size_t kBufferSize = 512 * 1024;
  static constexpr std::uint64_t kInlineLimit = 1024 * 1024;

  // `size`: bytes that are to come; nullopt: unknown.
  DigestPipeline(std::optional<std::uint64_t> size, WantedDigests wanted);
  ~DigestPipeline();
  DigestPipeline(const DigestPipeline&) = delete;
  DigestPipeline& operator=(const DigestPipeline&) = delete;

  // A buffer to be filled, once one is free. Those handed out before must not be read any more but
  // the last.
  std::span<char> NextBuffer();

  // Takes in `filled`, the front of the buffer handed out last, which may be read, but not be
  // written, until the next one is handed out.
  void Add(std::span<const char> filled);

  // The digests of all that was added. REQUIRES: called once, at the end.
  Digests Finish();

 private:
  void Run();

  // The one that is to be digested next; nullopt when all are and no more will come.
  std::optional<std::span<const char>> WaitForPiece();

  void Stop();

  const std::size_t buffer_size_;
  const std::uint64_t expected_;
  std::uint64_t added_ = 0;
  std::array<std::unique_ptr<char[]>, kBuffers> buffers_;
  std::size_t next_ = 0;
  const bool is_slow_;
  Digester digester_;  // The thread's, while there is one.

  Mutex mutex_;
  ConditionVariable changed_;
  // Its first one is being digested.
  std::deque<std::span<const char>> waiting_ MSC_GUARDED_BY(mutex_);
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace msc::storage
