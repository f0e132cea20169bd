#include "emulator/cli/line_writer.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "emulator/base/thread.h"

namespace msc {
namespace {

constexpr std::size_t kMostWaiting = 1024 * 1024;  // Bytes.
constexpr int kReaderPatience = 500;               // Milliseconds.

// For so long lines are collected, so that waking the thread costs little per line.
constexpr std::chrono::milliseconds kCollect(5);

// A pipe that is ready takes this many bytes without blocking.
constexpr std::size_t kPiece = 4096;

}  // namespace

LineWriter::LineWriter(int descriptor)
    : descriptor_(descriptor), thread_(StartThread([this] { Run(); })) {}

LineWriter::~LineWriter() {
  {
    const MutexLock lock(mutex_);
    ended_ = is_urgent_ = true;
  }
  has_lines_.NotifyOne();
  thread_.join();
}

void LineWriter::Write(std::string_view lines) {
  bool wakes = false;
  {
    const MutexLock lock(mutex_);
    if (waiting_.size() + lines.size() > kMostWaiting) {
      ++dropped_;
      return;
    }
    waiting_.append(lines).append(1, '\n');
    wakes = std::exchange(is_idle_, false);
  }
  if (wakes) has_lines_.NotifyOne();
}

void LineWriter::flush() {
  const MutexLock lock(mutex_);
  is_urgent_ = true;
  has_lines_.NotifyOne();
  is_written_.WaitFor(mutex_, 2 * std::chrono::milliseconds(kReaderPatience),
                      [this]() MSC_REQUIRES(mutex_) { return is_idle_ && waiting_.empty(); });
}

void LineWriter::Run() {
  std::string batch;
  for (bool ends = false; !ends;) {
    {
      const MutexLock lock(mutex_);
      if (waiting_.empty() && !ended_) {
        is_idle_ = true;
        is_written_.NotifyAll();
        has_lines_.Wait(mutex_,
                        [this]() MSC_REQUIRES(mutex_) { return !waiting_.empty() || ended_; });
        is_idle_ = false;
        has_lines_.WaitFor(mutex_, kCollect, [this]() MSC_REQUIRES(mutex_) { return is_urgent_; });
      }
      is_urgent_ = false;
      ends = ended_;
      batch.clear();
      batch.swap(waiting_);
      if (dropped_ > 0) {
        batch += "lines missing here, because nobody read the log in time: " +
                 std::to_string(std::exchange(dropped_, 0)) + '\n';
      }
    }
    if (WriteAll(batch)) continue;
    const MutexLock lock(mutex_);
    dropped_ += static_cast<std::uint64_t>(std::count(batch.begin(), batch.end(), '\n'));
  }
}

// False: the reader does not read.
bool LineWriter::WriteAll(std::string_view text) const {
  while (!text.empty()) {
    pollfd entry{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    if (::poll(&entry, 1, kReaderPatience) == 0) return false;
    const auto count = ::write(descriptor_, text.data(), std::min(text.size(), kPiece));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return true;  // Nobody can read it.
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace msc
