// What Clang says to code that forgets a lock of emulator/base/mutex.h: locks_test.sh has it
// compare the warnings with the comments here. No program has this file.

#include "emulator/base/mutex.h"

namespace {

class Counter {
 public:
  void AddWithTheLock() {
    const msc::MutexLock lock(mutex_);
    AddLocked();
  }

  void AddTwice() {
    {
      const msc::MutexLock lock(mutex_);
      ++count_;
    }
    AddWithTheLock();
  }

  void WaitWithTheLock() {
    const msc::MutexLock lock(mutex_);
    changed_.Wait(mutex_, [this]() MSC_REQUIRES(mutex_) { return count_ > 0; });
  }

  void AddWithoutTheLock() { ++count_; }  // expected-warning {{requires holding mutex 'mutex_'}}

  void CallWithoutTheLock() {
    AddLocked();  // expected-warning {{requires holding mutex 'mutex_'}}
  }

  void AddAfterTheLock() {
    { const msc::MutexLock lock(mutex_); }
    ++count_;  // expected-warning {{requires holding mutex 'mutex_'}}
  }

  void LockTwice() {
    const msc::MutexLock lock(mutex_);
    Add();  // expected-warning {{while mutex 'mutex_' is held}}
  }

  void NeverUnlock() {
    mutex_.Lock();  // expected-note {{mutex acquired here}}
  }                 // expected-warning {{still held at the end of function}}

  void WaitWithoutTheLock() {
    changed_.Wait(mutex_);  // expected-warning {{requires holding mutex 'mutex_'}}
  }

  void WaitWithoutTelling() {
    const msc::MutexLock lock(mutex_);
    changed_.Wait(mutex_, [this] {
      return count_ > 0;  // expected-warning {{requires holding mutex 'mutex_'}}
    });
  }

 private:
  void AddLocked() MSC_REQUIRES(mutex_) { ++count_; }

  void Add() MSC_EXCLUDES(mutex_) {
    const msc::MutexLock lock(mutex_);
    ++count_;
  }

  msc::Mutex mutex_;
  msc::ConditionVariable changed_;
  int count_ MSC_GUARDED_BY(mutex_) = 0;
};

}  // namespace
