#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/processing/media/cancellation.h"

namespace msc::processing {

// A program to run with tight limits, without a shell.
struct ChildProgram {
  // The path of the program, and its arguments. REQUIRES: not empty.
  std::vector<std::string> arguments = {};

  // These become the descriptors 3, 4, … of the program. It gets no others, but stdin, which is
  // /dev/null, stdout and stderr.
  std::vector<int> descriptors = {};

  // The largest file that it may write, in bytes.
  std::uint64_t file_limit = UINT64_MAX;

  // When it is killed.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

  // Kills the program. REQUIRES: outlives the call.
  const Cancellation& cancellation;

  // Gets each line of its stdout, without the line end; lines over 64 KiB come in pieces. If it
  // returns false, the program is killed.
  std::function<bool(std::string_view line)> on_line = {};

  // Called several times a second; if it returns false, the program is killed.
  std::function<bool()> may_go_on = {};
};

enum class ChildEnd {
  kExited,     // By itself, or because of a signal that was not ours.
  kTimedOut,   // Killed at the deadline.
  kCancelled,  // Killed by the cancellation.
  kStopped,    // Killed because a function returned false.
};

struct ChildResult {
  ChildEnd end = ChildEnd::kExited;

  // If it exited: its exit code, or 128 + n if signal n ended it. Absent if the host program does
  // not let others wait for their children, because it ignores SIGCHLD or waits for all itself.
  std::optional<int> exit_code = {};

  // The last 4 KiB of its stderr.
  std::string errors = {};
};

// Runs the program and waits for its end. It has a low priority, an environment without our
// variables, its own process group, limits for memory and files, and no core file. It is killed
// when this process dies for any reason, and it is always reaped. Throws std::runtime_error if it
// cannot be started, and what the functions throw.
ChildResult RunChild(const ChildProgram& program);

}  // namespace msc::processing
