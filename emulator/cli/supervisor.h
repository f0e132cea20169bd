#pragma once

#include <sys/types.h>

#include <optional>
#include <vector>

#include "emulator/cli/process_setup.h"

namespace msc {

// Splits the program into two processes, for commands that start processes of others: if one of the
// two is killed, the other one ends all processes that were started. The parent is the supervisor
// and does nothing else; the child continues as the program.
//
// Descendants are found even if they have left their process group, because both processes are
// subreapers: a process whose parent ends becomes a child of the nearest one.
class Supervisor {
 public:
  // Returns in both processes; in the supervisor when the child has ended. Until then, the
  // supervisor passes signals on to it, other than a terminal's, which the child gets as well. If a
  // signal ended the child, it also ends the supervisor. Throws std::runtime_error if the system
  // provides no process. REQUIRES: no other thread exists; `setup` awaits SIGCHLD and SIGTERM.
  explicit Supervisor(const ProcessSetup& setup);

  // In the supervisor: the child's exit code, for main to return. In the child: nullopt.
  const std::optional<int>& exit_code() const { return exit_code_; }

  // In the child: whether the supervisor has ended. Then the child has received SIGTERM, too.
  bool IsGone() const;

 private:
  void BeChild() const;
  int Supervise(pid_t child, const ProcessSetup& setup) const;

  const pid_t supervisor_;
  const std::vector<pid_t>
      strangers_;  // Children that this process had before it was this program.
  std::optional<int> exit_code_ = {};
};

// Kills all children of this process, and theirs, and waits for their ends.
void KillDescendants();

}  // namespace msc
