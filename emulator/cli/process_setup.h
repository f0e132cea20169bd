#pragma once

#include <signal.h>
#include <sys/resource.h>

#include <array>
#include <initializer_list>

namespace msc {

// Makes sure that stdin, stdout and stderr are open: those that are not become /dev/null, so that
// no socket or file of ours takes their place. Before anything else is opened.
void OpenStandardStreams();

// What the program changes of its own process so as to serve: the file limit is raised, a write to
// what is closed or full is an error instead of a signal, and some signals wait until they are
// asked for. REQUIRES: no other thread yet, so that all that come are like this one.
class ProcessSetup {
 public:
  // `awaited`: signals that wait, in this thread and in all that come.
  explicit ProcessSetup(std::initializer_list<int> awaited);

  const sigset_t& awaited() const { return awaited_; }

  // As it was. For a child between fork and exec: nothing here may allocate or lock.
  void GiveBack() const noexcept;

 private:
  struct Disposition {
    int signal;
    decltype(SIG_DFL) wanted;
    struct sigaction before = {};
  };

  sigset_t awaited_{};
  sigset_t mask_before_{};
  rlimit files_before_{};
  // A SIGCHLD that is ignored would take the exit codes of children with it.
  std::array<Disposition, 3> dispositions_ = {
      {{SIGPIPE, SIG_IGN}, {SIGXFSZ, SIG_IGN}, {SIGCHLD, SIG_DFL}}};
};

}  // namespace msc
