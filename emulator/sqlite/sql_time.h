#pragma once

#include <chrono>

namespace msc::sqlite {

// Measures how long this thread holds databases in transactions, for as long as the object lives.
// Waiting for the lock does not count. The one made last in a thread measures.
class SqlTime {
 public:
  SqlTime() : outer_(current_) { current_ = this; }
  ~SqlTime() { current_ = outer_; }
  SqlTime(const SqlTime&) = delete;
  SqlTime& operator=(const SqlTime&) = delete;

  std::chrono::nanoseconds total() const { return total_; }

 private:
  friend class Transaction;
  using Instant = std::chrono::steady_clock::time_point;

  // Of a transaction's begin; the epoch if nothing is measured.
  static Instant Start() {
    return current_ == nullptr ? Instant() : std::chrono::steady_clock::now();
  }

  static void Stop(Instant started) {
    if (current_ == nullptr || started == Instant()) return;
    current_->total_ += std::chrono::steady_clock::now() - started;
  }

  // A transaction does not know the request that it serves, but both have one thread.
  static inline thread_local SqlTime* current_ = nullptr;

  SqlTime* const outer_;
  std::chrono::nanoseconds total_{0};
};

}  // namespace msc::sqlite
