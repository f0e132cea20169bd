#pragma once

#include <sys/types.h>
#include <unistd.h>

namespace msc {

// Remembers which process made an object with threads. A child that fork() made has the memory of
// the object but none of its threads, so it can neither use nor destroy it.
class MakingProcess {
 public:
  // False in a forked child.
  bool IsThis() const { return process_ == ::getpid(); }

 private:
  const pid_t process_ = ::getpid();
};

// Keeps an object that is never destroyed reachable, so that tools do not report it as a leak.
void Abandon(const void* object);

}  // namespace msc
