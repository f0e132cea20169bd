#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

// Mutexes with annotations that Clang checks (-Wthread-safety): code that uses data with
// MSC_GUARDED_BY a mutex, without the lock, does not compile. Other compilers ignore the
// annotations. Source: Clang, "Thread Safety Analysis",
// https://clang.llvm.org/docs/ThreadSafetyAnalysis.html
#if defined(__clang__)
#define MSC_THREAD_ANNOTATION(attribute) __attribute__((attribute))
#else
#define MSC_THREAD_ANNOTATION(attribute)
#endif

#define MSC_CAPABILITY(name) MSC_THREAD_ANNOTATION(capability(name))
#define MSC_SCOPED_CAPABILITY MSC_THREAD_ANNOTATION(scoped_lockable)

// For data: may be used only with the mutex held.
#define MSC_GUARDED_BY(mutex) MSC_THREAD_ANNOTATION(guarded_by(mutex))

// For functions: to be called with the mutex held; to be called without it.
#define MSC_REQUIRES(...) MSC_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define MSC_EXCLUDES(...) MSC_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))

// For functions that lock and unlock.
#define MSC_ACQUIRE(...) MSC_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define MSC_RELEASE(...) MSC_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define MSC_ASSERT_HELD(...) MSC_THREAD_ANNOTATION(assert_capability(__VA_ARGS__))
#define MSC_NO_THREAD_ANALYSIS MSC_THREAD_ANNOTATION(no_thread_safety_analysis)

namespace msc {

// std::mutex, annotated.
class MSC_CAPABILITY("mutex") Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() MSC_ACQUIRE() { mutex_.lock(); }
  void Unlock() MSC_RELEASE() { mutex_.unlock(); }

  // Tells the compiler that the caller holds the mutex, which it cannot see. Does nothing.
  void AssertHeld() const MSC_ASSERT_HELD() {}

 private:
  friend class ConditionVariable;
  std::mutex mutex_;
};

// Holds a Mutex for as long as it lives.
class MSC_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) MSC_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() MSC_RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// std::condition_variable, annotated; times are transport time. A predicate reads data that the
// mutex guards, so it is annotated too: [this]() MSC_REQUIRES(mutex_) { return ended_; }
class ConditionVariable {
 public:
  void NotifyOne() noexcept { condition_.notify_one(); }
  void NotifyAll() noexcept { condition_.notify_all(); }

  // May return without a notification.
  void Wait(Mutex& mutex) MSC_REQUIRES(mutex) {
    Unowned lock(mutex);
    condition_.wait(lock.value);
  }

  // The same, until `deadline` at the latest.
  void WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point deadline) MSC_REQUIRES(mutex) {
    Unowned lock(mutex);
    condition_.wait_until(lock.value, deadline);
  }

  // Waits until `predicate` returns true.
  template <typename Predicate>
  void Wait(Mutex& mutex, Predicate predicate) MSC_REQUIRES(mutex) MSC_NO_THREAD_ANALYSIS {
    Unowned lock(mutex);
    condition_.wait(lock.value, predicate);
  }

  // Waits until `predicate` returns true, or until the deadline; returns its result.
  template <typename Predicate>
  bool WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point deadline, Predicate predicate)
      MSC_REQUIRES(mutex) MSC_NO_THREAD_ANALYSIS {
    Unowned lock(mutex);
    return condition_.wait_until(lock.value, deadline, predicate);
  }

  // The same, for at most `time` from now.
  template <typename Predicate>
  bool WaitFor(Mutex& mutex, std::chrono::nanoseconds time, Predicate predicate)
      MSC_REQUIRES(mutex) MSC_NO_THREAD_ANALYSIS {
    return WaitUntil(mutex, std::chrono::steady_clock::now() + time, predicate);
  }

 private:
  // Adapts a mutex that the caller holds to the lock that std::condition_variable needs.
  struct Unowned {
    explicit Unowned(Mutex& mutex) : value(mutex.mutex_, std::adopt_lock) {}
    ~Unowned() { value.release(); }
    Unowned(const Unowned&) = delete;
    Unowned& operator=(const Unowned&) = delete;
    std::unique_lock<std::mutex> value;
  };

  std::condition_variable condition_;
};

}  // namespace msc
