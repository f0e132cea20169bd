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
  // The program, which is looked for in PATH, and its arguments. REQUIRES: not empty.
  std::vector<std::string> arguments = {};

  // "NAME=value"; each replaces our variable with that name.
  std::vector<std::string> environment = {};

  // If not -1, the program runs apart: in its own process group, with /dev/null as stdin, and this
  // descriptor as stdout and stderr. Otherwise it shares ours.
  int output = -1;
};

// The program does not exist or cannot be executed; what() names it.
class CommandNotRun : public std::runtime_error {
 public:
  CommandNotRun(int exit_code, const std::string& what)
      : std::runtime_error(what), exit_code_(exit_code) {}

  // As in shells: 127 if it does not exist, 126 if it cannot be executed.
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

// A running command. It is killed with this object, and when this process ends for any reason.
class ChildCommand {
 public:
  // Starts the command with signals and limits as they were before `setup`. Throws CommandNotRun.
  // REQUIRES: the calling thread lives as long as the command.
  ChildCommand(const Command& command, const ProcessSetup& setup);
  ~ChildCommand();
  ChildCommand(const ChildCommand&) = delete;
  ChildCommand& operator=(const ChildCommand&) = delete;

  // Sends a signal; if the command runs apart, to its whole process group.
  void Signal(int signal) const;

  // Its exit code, or 128 + n if signal n ended it; nullopt while it runs. If it ran apart, the
  // processes that it left behind are killed then. The code may have changed after each SIGCHLD.
  std::optional<int> ExitCode();

 private:
  const bool apart_;
  pid_t process_ = -1;
  std::optional<int> exit_code_ = {};
};

}  // namespace msc
