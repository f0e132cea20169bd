#include "emulator/cli/child_command.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "emulator/cli/exit_code.h"

namespace msc {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Our environment, with the variables in `instead` replaced.
std::vector<std::string> Environment(const std::vector<std::string>& instead) {
  std::vector<std::string> all = instead;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view line = *entry;
    const auto name = line.substr(0, line.find('=') + 1);
    const bool replaced = std::any_of(instead.begin(), instead.end(),
                                      [&](const auto& other) { return other.starts_with(name); });
    if (!replaced) all.emplace_back(line);
  }
  return all;
}

// The files that a command name may mean, in the order in which they are tried.
std::vector<std::string> Candidates(const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos) return {name};
  const char* const path = std::getenv("PATH");
  const std::string folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  std::vector<std::string> candidates;
  for (std::size_t at = 0; at <= folders.size();) {
    const auto end = std::min(folders.find(':', at), folders.size());
    const std::string folder = folders.substr(at, end - at);
    candidates.push_back((folder.empty() ? "." : folder) + '/' + name);
    at = end + 1;
  }
  return candidates;
}

// Everything that the child needs, prepared before the fork: between fork and exec the child must
// not allocate, because another thread may have held the allocator's lock.
struct Launch {
  Launch(const Command& command, const ProcessSetup& process_setup)
      : all_variables(Environment(command.environment)),
        files(Candidates(command.arguments.front())),
        arguments(Pointers(command.arguments)),
        variables(Pointers(all_variables)),
        output(command.output),
        setup(process_setup) {}

  const std::vector<std::string> all_variables;
  const std::vector<std::string> files;
  const std::vector<char*> arguments;
  const std::vector<char*> variables;
  const int output;
  const ProcessSetup& setup;
  const pid_t parent = ::getpid();
};

void RunApart(int output) noexcept {
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
}

// Returns only if no file could be executed: the reason, an errno.
int Execute(const Launch& launch) noexcept {
  int reason = ENOENT;
  for (const auto& file : launch.files) {
    ::execve(file.c_str(), launch.arguments.data(), launch.variables.data());
    if (errno == ENOENT || errno == ENOTDIR) continue;
    reason = errno;
    if (errno != EACCES) break;
  }
  return reason;
}

[[noreturn]] void BecomeCommand(const Launch& launch, int reasons) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // If the parent has died already, no signal will come.
  if (::getppid() != launch.parent) ::_exit(kExitFailed);
  if (launch.output != -1) RunApart(launch.output);
  launch.setup.GiveBack();
  const int reason = Execute(launch);
  [[maybe_unused]] const ssize_t written = ::write(reasons, &reason, sizeof reason);
  ::_exit(kExitNotFound);
}

[[noreturn]] void Refuse(const std::string& name, int reason) {
  if (reason == ENOENT) throw CommandNotRun(kExitNotFound, "'" + name + "' was not found");
  throw CommandNotRun(kExitNotRun, "'" + name + "' cannot be run: " + strerror(reason));
}

}  // namespace

ChildCommand::ChildCommand(const Command& command, const ProcessSetup& setup)
    : apart_(command.output != -1) {
  const Launch launch(command, setup);
  int reasons[2];  // A successful exec closes it, so the parent reads no reason.
  if (::pipe2(reasons, O_CLOEXEC) != 0) Refuse(command.arguments.front(), errno);
  process_ = ::fork();
  const int fork_error = process_ == -1 ? errno : 0;
  if (process_ == 0) BecomeCommand(launch, reasons[1]);
  ::close(reasons[1]);
  int reason = fork_error;
  if (::read(reasons[0], &reason, sizeof reason) == sizeof reason) {
    ::waitpid(process_, nullptr, 0);
  }
  ::close(reasons[0]);
  if (reason != 0) Refuse(command.arguments.front(), reason);
}

ChildCommand::~ChildCommand() {
  if (exit_code_) return;
  Signal(SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void ChildCommand::Signal(int signal) const { ::kill(apart_ ? -process_ : process_, signal); }

std::optional<int> ChildCommand::ExitCode() {
  if (exit_code_) return exit_code_;
  siginfo_t ended{};
  ::waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOHANG | WNOWAIT);
  if (ended.si_pid == 0) return std::nullopt;
  if (apart_) Signal(SIGKILL);  // Before its process id can be used again.
  int status = 0;
  ::waitpid(process_, &status, 0);
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : kExitSignalled + WTERMSIG(status);
  return exit_code_;
}

}  // namespace msc
