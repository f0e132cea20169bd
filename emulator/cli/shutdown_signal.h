#pragma once

#include <signal.h>

#include <string>

namespace msc {

// Waits until a serving program has to stop.
class ShutdownSignal {
 public:
  // `signals`: the signals that stop it, blocked in all threads. `watch_input`: the end of stdin
  // stops it too; input before that is read and dropped. /dev/null ends at once. A terminal is
  // never read, because its input belongs to the shell while we run in the background: it ends when
  // it is closed. Throws std::runtime_error if the system provides no descriptor.
  ShutdownSignal(const sigset_t& signals, bool watch_input);
  ~ShutdownSignal();
  ShutdownSignal(const ShutdownSignal&) = delete;
  ShutdownSignal& operator=(const ShutdownSignal&) = delete;

  // Makes Wait return, now or when it is called. May be called from any thread.
  void Ask() const;

  // Returns the reason for the end, in words.
  std::string Wait() const;

 private:
  const int signals_;
  const int asked_;
  const int input_;  // -1: not watched.
};

}  // namespace msc
