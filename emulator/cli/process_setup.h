#pragma once

#include <signal.h>
#include <sys/resource.h>

#include <array>
#include <initializer_list>

namespace msc {

// Makes sure that stdin, stdout and stderr are open: those that are closed become /dev/null, so
// that no socket or file of ours gets their number. To be called before anything else is opened.
void OpenStandardStreams();

// The changes that a serving program makes to its own process: the file limit is raised, a write to
// a closed or full file is an error instead of a signal, and some signals wait until they are asked
// for. REQUIRES: no other thread exists yet, so that all later ones inherit this.
class ProcessSetup {
 public:
  // `awaited`: the signals that wait, in this thread and in all later ones.
  explicit ProcessSetup(std::initializer_list<int> awaited);

  const sigset_t& awaited() const { return awaited_; }

  // Undoes the changes. Called in a child between fork and exec: it must not allocate or lock.
  void GiveBack() const noexcept;

  // Ends this process by `signal`, as if it had not been blocked.
  [[noreturn]] void EndBySignal(int signal) const noexcept;

 private:
  struct Disposition {
    int signal;
    decltype(SIG_DFL) wanted;
    struct sigaction before = {};
  };

  sigset_t awaited_{};
  sigset_t mask_before_{};
  rlimit files_before_{};
  // If SIGCHLD were ignored, the exit codes of children would be lost.
  std::array<Disposition, 3> dispositions_ = {
      {{SIGPIPE, SIG_IGN}, {SIGXFSZ, SIG_IGN}, {SIGCHLD, SIG_DFL}}};
};

}  // namespace msc
