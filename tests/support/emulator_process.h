#pragma once

#include <string>
#include <vector>

#include "tests/support/child_process.h"

namespace msc::testing {

// The emulator's program, as it was built.
const std::string& EmulatorProgram();

// Its command line on a port that the system picks.
std::vector<std::string> EmulatorCommand(const std::vector<std::string>& flags);

// A command line with a limit of the shell; `limit` is the argument of ulimit, such as "-n 256".
std::vector<std::string> Limited(const std::string& limit, const std::vector<std::string>& command);

// EmulatorCommand under such a limit.
std::vector<std::string> LimitedCommand(const std::string& limit,
                                        const std::vector<std::string>& flags);

// The emulator as a child. Requests are served once the constructor returns, unless ready() is
// empty: then it has ended.
class EmulatorProcess {
 public:
  explicit EmulatorProcess(const std::vector<std::string>& command,
                           const std::vector<std::string>& environment = {});

  int port() const { return port_; }
  const std::string& ready() const { return ready_; }
  ChildProcess& process() { return process_; }

  // Ends it in order and returns all that it wrote to stderr. Once.
  std::string StopAndReadLog();

 private:
  ChildProcess process_;
  std::string ready_;
  int port_ = 0;
};

struct Ended {
  int code;
  std::string errors;
  std::string output;  // Up to the first empty line.
};

// Waits for the end of a program that ends by itself.
Ended RunToEnd(const std::vector<std::string>& command,
               const std::vector<std::string>& environment = {});

}  // namespace msc::testing
