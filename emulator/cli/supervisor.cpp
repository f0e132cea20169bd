#include "emulator/cli/supervisor.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "emulator/cli/exit_code.h"

namespace msc {
namespace {

std::vector<pid_t> Children() {
  std::vector<pid_t> children;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream list(thread.path() / "children");
    for (pid_t child = 0; list >> child;) children.push_back(child);
  }
  return children;
}

std::vector<pid_t> ChildrenBut(const std::vector<pid_t>& spared) {
  auto children = Children();
  std::erase_if(children, [&](pid_t child) {
    return std::find(spared.begin(), spared.end(), child) != spared.end();
  });
  return children;
}

// Children of killed children become our children, hence the loop.
void KillAllBut(const std::vector<pid_t>& spared) {
  for (auto children = ChildrenBut(spared); !children.empty(); children = ChildrenBut(spared)) {
    for (const pid_t child : children) ::kill(child, SIGKILL);
    for (const pid_t child : children) ::waitpid(child, nullptr, 0);
  }
}

// The wait status of the child once it has ended.
int PassSignalsUntilEnd(pid_t child, const sigset_t& awaited) {
  for (;;) {
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) == child) return status;
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&awaited, &info);
    if (signal > 0 && signal != SIGCHLD && info.si_code != SI_KERNEL) ::kill(child, signal);
  }
}

}  // namespace

Supervisor::Supervisor(const ProcessSetup& setup)
    : supervisor_(::getpid()), strangers_(Children()) {
  const pid_t child = ::fork();
  if (child == -1) throw std::runtime_error(std::string("no process: ") + strerror(errno));
  if (child == 0) {
    BeChild();
  } else {
    exit_code_ = Supervise(child, setup);
  }
}

bool Supervisor::IsGone() const { return ::getppid() != supervisor_; }

void Supervisor::BeChild() const {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (IsGone()) ::_exit(kExitFailed);  // It ended before the call above: no signal will come.
}

int Supervisor::Supervise(pid_t child, const ProcessSetup& setup) const {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::prctl(PR_SET_NAME, "msc-supervisor");  // So that `killall msc-emulator` spares it.
  const int status = PassSignalsUntilEnd(child, setup.awaited());
  KillAllBut(strangers_);
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  const rlimit no_core{};  // The child has written one, if any.
  ::setrlimit(RLIMIT_CORE, &no_core);
  setup.EndBySignal(WTERMSIG(status));
}

void KillDescendants() { KillAllBut({}); }

}  // namespace msc
