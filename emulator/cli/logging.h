#pragma once

#include <msc/emulator.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/cli/line_writer.h"
#include "emulator/cli/log_format.h"

namespace spdlog {
class logger;
}

namespace msc {

// The log of the program, on stderr. Thread-safe.
class ProgramLog {
 public:
  // `level`: the lowest level that is written, or "off"; `format`: "text" or "json". REQUIRES: the
  // signals that the program waits for are blocked already.
  ProgramLog(const std::string& level, const std::string& format);
  ~ProgramLog();
  ProgramLog(const ProgramLog&) = delete;
  ProgramLog& operator=(const ProgramLog&) = delete;

  // Makes an emulator with these options write to this log. REQUIRES: the log outlives it.
  void Attach(EmulatorOptions& options);

  // Until `emulator` is forgotten (null), lines have the time of its clock.
  void UseClockOf(const Emulator* emulator) { emulator_ = emulator; }

  LogStyle style() const { return style_; }

  // Whether lines of that level are written.
  bool Wants(std::string_view level) const;

  void Write(std::string_view level, std::string_view line);

  // Writes a text of its own form, if `level` is written, and waits until it is out.
  void WriteAsItIs(std::string_view level, std::string_view text);

  // The time that a line has now.
  Time Now() const;

 private:
  const std::string level_;
  const LogStyle style_;
  std::atomic<const Emulator*> emulator_ = nullptr;
  std::shared_ptr<LineWriter> writer_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace msc
