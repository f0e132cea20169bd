#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "emulator/base/crypto.h"

namespace msc::storage {

// Hands out buffers in turn and hashes what was put into them, in order: at once while there is
// little, on a thread of its own from the second MiB on, so that whoever fills them need not wait
// for the hash. To be used from one thread. Holds at most kBuffers buffers.
class Md5Pipeline {
 public:
  static constexpr std::size_t kBuffers = 4;
  static constexpr std::size_t kBufferSize = 512 * 1024;
  static constexpr std::uint64_t kInlineLimit = 1024 * 1024;

  // `size`: bytes that are to come; nullopt: unknown.
  explicit Md5Pipeline(std::optional<std::uint64_t> size);
  ~Md5Pipeline();
  Md5Pipeline(const Md5Pipeline&) = delete;
  Md5Pipeline& operator=(const Md5Pipeline&) = delete;

  // A buffer to be filled, once one is free. Those handed out before must not be read any more but
  // the last.
  std::span<char> NextBuffer();

  // Hashes `filled`, the front of the buffer handed out last, which may be read, but not be
  // written, until the next one is handed out.
  void Add(std::span<const char> filled);

  // The MD5 of all that was added. REQUIRES: called once, at the end.
  Bytes Finish();

 private:
  void Run();
  void Stop();

  const std::size_t buffer_size_;
  const std::uint64_t expected_;
  std::uint64_t added_ = 0;
  std::array<std::unique_ptr<char[]>, kBuffers> buffers_;
  std::size_t next_ = 0;
  Md5 md5_;  // The thread's, while there is one.

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::span<const char>> waiting_;  // Its first one is being hashed.
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace msc::storage
