#pragma once

#include <spdlog/sinks/sink.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "emulator/base/mutex.h"

namespace msc {

// Writes log lines to a descriptor from a thread of its own, so that a request never waits for the
// reader. If the reader is slower than the log, lines are dropped, and their number is written.
// Thread-safe.
class LineWriter final : public spdlog::sinks::sink {
 public:
  // REQUIRES: `descriptor` stays open.
  explicit LineWriter(int descriptor);

  // Writes what is left, unless the reader takes nothing for half a second.
  ~LineWriter() override;

  // Adds a line, or several with a line break between them.
  void Write(std::string_view lines);

  // Waits until all lines have been written, or the reader takes nothing for half a second.
  void flush() override;

  void log(const spdlog::details::log_msg& message) override {
    Write({message.payload.data(), message.payload.size()});
  }
  void set_pattern(const std::string&) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

 private:
  void Run();
  bool WriteAll(std::string_view text) const;

  const int descriptor_;
  Mutex mutex_;
  ConditionVariable has_lines_;
  ConditionVariable is_written_;
  std::string waiting_ MSC_GUARDED_BY(mutex_);
  std::uint64_t dropped_ MSC_GUARDED_BY(mutex_) = 0;
  bool is_idle_ MSC_GUARDED_BY(mutex_) = false;    // Whether the thread waits for a line.
  bool is_urgent_ MSC_GUARDED_BY(mutex_) = false;  // Whether it is to collect no more lines.
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace msc
