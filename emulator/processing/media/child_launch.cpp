#include "emulator/processing/media/child_launch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace msc::processing {
namespace {

constexpr int kFirstPassed = 3;
constexpr int kNiceness = 10;
constexpr int kNotExecuted = 127;

// Decoding video of 8K needs 2 GiB.
constexpr rlim_t kMemoryLimit = rlim_t{4} << 30;

std::vector<char*> LaunchPointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// What a program needs to find its libraries, and nothing that changes what it does.
std::vector<std::string> MinimalEnvironment() {
  std::vector<std::string> variables = {"LC_ALL=C"};
  for (const std::string name : {"PATH", "LD_LIBRARY_PATH"}) {
    const char* const value = std::getenv(name.c_str());
    if (value != nullptr) variables.push_back(name + '=' + value);
  }
  return variables;
}

// Everything that the child needs, prepared before the fork: between fork and exec the child must
// not allocate, because another thread may have held the allocator's lock.
struct Launch {
  Launch(const ChildProgram& program, int output, int errors, int reason_pipe)
      : all_variables(MinimalEnvironment()),
        arguments(LaunchPointers(program.arguments)),
        variables(LaunchPointers(all_variables)),
        sources{output, errors},
        targets{STDOUT_FILENO, STDERR_FILENO},
        file_limit(program.file_limit) {
    for (std::size_t i = 0; i < program.descriptors.size(); ++i) {
      sources.push_back(program.descriptors[i]);
      targets.push_back(kFirstPassed + static_cast<int>(i));
    }
    reasons = kFirstPassed + static_cast<int>(program.descriptors.size());
    sources.push_back(reason_pipe);
    targets.push_back(reasons);
  }

  const std::vector<std::string> all_variables;
  const std::vector<char*> arguments;
  const std::vector<char*> variables;
  std::vector<int> sources;  // Descriptors here…
  std::vector<int> targets;  // … and what they become in the child.
  int reasons = -1;          // In the child: gets the errno if the program cannot be executed.
  const std::uint64_t file_limit;
  const pid_t parent = ::getpid();
};

// The program behaves as if its user had started it, whatever our program does with signals.
void ResetSignals() noexcept {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void LowerLimit(decltype(RLIMIT_CORE) resource, rlim_t most) noexcept {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0) return;
  if (limit.rlim_max < most) most = limit.rlim_max;
  limit = {most, most};
  ::setrlimit(resource, &limit);
}

void LowerLimits(const Launch& launch) noexcept {
  LowerLimit(RLIMIT_CORE, 0);
  LowerLimit(RLIMIT_DATA, kMemoryLimit);
  if (launch.file_limit < RLIM_INFINITY) LowerLimit(RLIMIT_FSIZE, launch.file_limit);
  ::setpriority(PRIO_PROCESS, 0, kNiceness);
}

void CloseFrom(int first) noexcept {
#ifdef SYS_close_range
  if (::syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
  const long most = ::sysconf(_SC_OPEN_MAX);
  for (long descriptor = first; descriptor < most; ++descriptor) {
    ::close(static_cast<int>(descriptor));
  }
}

// Moves the descriptors in two steps, as one may have the number that another one is to get.
bool PlaceDescriptors(Launch& launch) noexcept {
  for (int& source : launch.sources) {
    source = ::fcntl(source, F_DUPFD, launch.reasons + 1);
    if (source < 0) return false;
  }
  for (std::size_t i = 0; i < launch.sources.size(); ++i) {
    if (::dup2(launch.sources[i], launch.targets[i]) < 0) return false;
  }
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0) return false;
  CloseFrom(launch.reasons + 1);
  return ::fcntl(launch.reasons, F_SETFD, FD_CLOEXEC) == 0;
}

[[noreturn]] void BecomeProgram(Launch& launch, int reason_pipe) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // If the parent has died already, no signal will come.
  if (::getppid() != launch.parent) ::_exit(kNotExecuted);
  ::setpgid(0, 0);
  ResetSignals();
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  int reasons = reason_pipe;
  if (PlaceDescriptors(launch) && ::chdir("/") == 0) {
    reasons = launch.reasons;
    LowerLimits(launch);
    ::execve(launch.arguments.front(), launch.arguments.data(), launch.variables.data());
  }
  const int reason = errno;
  [[maybe_unused]] const ssize_t written = ::write(reasons, &reason, sizeof reason);
  ::_exit(kNotExecuted);
}

// While it lives, our own fork leaves those descriptors open in the child.
class PassedDescriptors {
 public:
  explicit PassedDescriptors(const std::vector<int>& descriptors) : descriptors_(descriptors) {
    for (const int descriptor : descriptors_) ForgetForkedChildren(descriptor);
  }
  ~PassedDescriptors() {
    for (const int descriptor : descriptors_) CloseInForkedChildren(descriptor);
  }
  PassedDescriptors(const PassedDescriptors&) = delete;
  PassedDescriptors& operator=(const PassedDescriptors&) = delete;

 private:
  const std::vector<int>& descriptors_;
};

[[noreturn]] void RefuseLaunch(const std::string& program, int reason) {
  throw std::runtime_error("cannot run " + program + ": " + std::strerror(reason));
}

}  // namespace

pid_t LaunchChild(const ChildProgram& program, int output, int errors) {
  int reasons[2];  // A successful exec closes it, so that no reason is read.
  if (::pipe2(reasons, O_CLOEXEC) != 0) RefuseLaunch(program.arguments.front(), errno);
  Launch launch(program, output, errors, reasons[1]);
  pid_t process = -1;
  int reason = 0;
  {
    const PassedDescriptors passed(program.descriptors);
    process = ::fork();
    if (process == -1) reason = errno;
    if (process == 0) BecomeProgram(launch, reasons[1]);
  }
  ::close(reasons[1]);
  ssize_t count = 0;
  do {
    count = ::read(reasons[0], &reason, sizeof reason);
  } while (count < 0 && errno == EINTR);
  ::close(reasons[0]);
  if (count > 0) ::waitpid(process, nullptr, 0);
  if (reason != 0) RefuseLaunch(program.arguments.front(), reason);
  return process;
}

}  // namespace msc::processing
