#pragma once

#include <signal.h>

#include <string>

namespace msc {

// Waits for what ends a program that serves.
class ShutdownSignal {
 public:
  // `signals`: those that end it, blocked in all threads. `watch_input`: so does the end of stdin;
  // what comes before is read and dropped. /dev/null has ended from the start. A terminal is never
  // read, for its input is the shell's while we run in the background: it ends when it is closed.
  // Throws std::runtime_error where the system refuses a descriptor.
  ShutdownSignal(const sigset_t& signals, bool watch_input);
  ~ShutdownSignal();
  ShutdownSignal(const ShutdownSignal&) = delete;
  ShutdownSignal& operator=(const ShutdownSignal&) = delete;

  // Ends Wait, now or when it is called. From any thread.
  void Ask() const;

  // Returns why it is over, in words.
  std::string Wait() const;

 private:
  const int signals_;
  const int asked_;
  const int input_;  // -1: not watched.
};

}  // namespace msc
