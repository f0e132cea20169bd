#include "tests/support/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace msc::testing {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           const std::vector<std::string>& environment) {
  int inputs[2];
  int ends[2];
  if (::pipe2(inputs, O_CLOEXEC) != 0 || ::pipe2(ends, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  std::string name = std::filesystem::temp_directory_path() / "msc-errors-XXXXXX";
  const int errors = ::mkostemp(name.data(), O_CLOEXEC);
  errors_file_ = name;

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, inputs[0], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  std::vector<std::string> all = environment;  // Before the test's own: the first of a name counts.
  for (char** entry = environ; *entry != nullptr; ++entry) all.emplace_back(*entry);
  const int error = ::posix_spawnp(&process_, command.front().c_str(), &actions, nullptr,
                                   Pointers(command).data(), Pointers(all).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(inputs[0]);
  ::close(ends[1]);
  ::close(errors);
  input_ = inputs[1];
  output_ = ends[0];
  if (error != 0) throw std::runtime_error("cannot run " + command.front());
}

ChildProcess::~ChildProcess() {
  if (process_ > 0) {
    Signal(SIGKILL);
    Wait();
  }
  EndInput();
  ::close(output_);
  ::unlink(errors_file_.c_str());
}

std::string ChildProcess::ReadLine() {
  std::string line;
  char c = 0;
  while (::read(output_, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

// A program that has ended reads no more, which is for the test to find out.
void ChildProcess::WriteInput(const std::string& text) const {
  ::signal(SIGPIPE, SIG_IGN);
  [[maybe_unused]] const ssize_t written = ::write(input_, text.data(), text.size());
}

void ChildProcess::EndInput() {
  if (input_ != -1) ::close(std::exchange(input_, -1));
}

void ChildProcess::Signal(int signal) const { ::kill(process_, signal); }

int ChildProcess::Wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string ChildProcess::Errors() const {
  std::ostringstream text;
  text << std::ifstream(errors_file_).rdbuf();
  return text.str();
}

ScratchFolder::ScratchFolder() : path_(std::filesystem::temp_directory_path() / "msc-test-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no scratch folder");
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace msc::testing
