#pragma once

#include "emulator/base/mutex.h"

namespace msc {

// Counts the calls that wait inside an object, so that its destructor can let them return first.
class OpenCalls {
 public:
  // A call, for as long as it lives.
  class Call {
   public:
    explicit Call(OpenCalls& calls) : calls_(calls) {
      const MutexLock lock(calls_.mutex_);
      ++calls_.count_;
    }
    ~Call() {
      const MutexLock lock(calls_.mutex_);
      --calls_.count_;
      calls_.ended_.NotifyAll();  // With the lock: without it, the object may be gone.
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    OpenCalls& calls_;
  };

  // Waits until there is no call. REQUIRES: what the calls wait for has come or been cancelled.
  void AwaitEnd() {
    const MutexLock lock(mutex_);
    ended_.Wait(mutex_, [this]() MSC_REQUIRES(mutex_) { return count_ == 0; });
  }

 private:
  Mutex mutex_;
  ConditionVariable ended_;
  int count_ MSC_GUARDED_BY(mutex_) = 0;
};

}  // namespace msc
