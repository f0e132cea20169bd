#pragma once

#include <sys/types.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "emulator/cli/process_setup.h"

namespace msc {

// A program to run, without a shell.
struct Command {
  // What a shell would look for in PATH, and its arguments. REQUIRES: not empty.
  std::vector<std::string> arguments = {};

  // "NAME=value", each in place of ours of that name.
  std::vector<std::string> environment = {};

  // Where not -1 it runs apart: in a process group of its own, /dev/null at stdin, and this
  // descriptor for stdout and stderr. Otherwise all of that is ours.
  int output = -1;
};

// There is no such program, or it cannot be run; what() names it.
class CommandNotRun : public std::runtime_error {
 public:
  CommandNotRun(int exit_code, const std::string& what)
      : std::runtime_error(what), exit_code_(exit_code) {}

  // As shells have it: 127 for one that is not there, 126 for one that cannot be run.
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

// A command that runs. It dies with this object, and with this process however that ends.
class ChildCommand {
 public:
  // Starts it with signals and limits as they were before `setup`. Throws CommandNotRun. REQUIRES:
  // the thread that calls lives as long as the command.
  ChildCommand(const Command& command, const ProcessSetup& setup);
  ~ChildCommand();
  ChildCommand(const ChildCommand&) = delete;
  ChildCommand& operator=(const ChildCommand&) = delete;

  // One that runs apart gets it with its whole group.
  void Signal(int signal) const;

  // Its exit code, 128 + n where signal n ended it; nullopt while it runs. What one that ran apart
  // left running is killed then. There is a SIGCHLD when it may have changed.
  std::optional<int> ExitCode();

 private:
  const bool apart_;
  pid_t process_ = -1;
  std::optional<int> exit_code_ = {};
};

}  // namespace msc
