#include "emulator/cli/process_setup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "emulator/cli/exit_code.h"

namespace msc {

void OpenStandardStreams() {
  // open() returns the lowest free descriptor, so the missing ones are opened in order.
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) == -1) ::open("/dev/null", O_RDWR);
  }
}

ProcessSetup::ProcessSetup(std::initializer_list<int> awaited) {
  sigemptyset(&awaited_);
  for (const int signal : awaited) sigaddset(&awaited_, signal);
  ::pthread_sigmask(SIG_BLOCK, &awaited_, &mask_before_);

  for (auto& disposition : dispositions_) {
    struct sigaction action = {};
    action.sa_handler = disposition.wanted;
    ::sigaction(disposition.signal, &action, &disposition.before);
  }

  // Every connection needs a descriptor: raise the limit as far as the system allows.
  ::getrlimit(RLIMIT_NOFILE, &files_before_);
  const rlimit files = {files_before_.rlim_max, files_before_.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &files);
}

void ProcessSetup::GiveBack() const noexcept {
  ::setrlimit(RLIMIT_NOFILE, &files_before_);
  for (const auto& disposition : dispositions_) {
    ::sigaction(disposition.signal, &disposition.before, nullptr);
  }
  ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

void ProcessSetup::EndBySignal(int signal) const noexcept {
  GiveBack();
  ::signal(signal, SIG_DFL);
  ::raise(signal);
  std::_Exit(kExitSignalled + signal);
}

}  // namespace msc
