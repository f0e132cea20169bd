#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace msc::testing {

// A program run as a child of the test, with a pipe at its stdin: killed, if it still lives, when
// this object goes.
class ChildProcess {
 public:
  // `environment`: "NAME=value" lines added to the test's own. Throws std::runtime_error if it
  // cannot run.
  explicit ChildProcess(const std::vector<std::string>& command,
                        const std::vector<std::string>& environment = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next line of its stdout without the line end; empty at the end.
  std::string ReadLine();

  void WriteInput(const std::string& text) const;

  // The end of its stdin.
  void EndInput();

  void Signal(int signal) const;

  // Waits for the end; the exit code, or minus the signal that ended it. Once.
  int Wait();

  // All that it wrote to stderr. After Wait.
  std::string Errors() const;

 private:
  pid_t process_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string errors_file_;
};

// A folder for one test, removed with all that is in it when this object goes.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace msc::testing
