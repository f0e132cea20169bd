#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <thread>
#include <vector>

#include "emulator/base/descriptor.h"
#include "emulator/base/mutex.h"
#include "emulator/http/connection.h"

namespace msc::http {

// Serves connections with a pool of threads. All threads wait on one epoll set; the thread that
// gets a connection serves it. When the last waiting thread gets a connection, a new thread is
// started to wait; when many are idle, the pool shrinks. A connection that waits for its client
// uses no thread. When there can be no more threads, a few are kept for short requests, and the
// connections of other requests wait in a queue for one of the rest.
class Reactor {
 public:
  // Throws std::runtime_error if the system provides no descriptor or no thread.
  Reactor(const ConnectionLimits& limits, Log log);

  // REQUIRES: Stop was called.
  ~Reactor();

  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  // Takes over a connection. May be called from any thread.
  void Add(std::unique_ptr<Connection> connection);

  // Ends the connection that has been waiting for its client the longest, because its descriptor is
  // needed; an idle one if there is one. May be called from any thread.
  void EvictOne();

  // Ends all connections at once, and all threads. To be called once.
  void Stop();

 private:
  // A connection and its state. parked_until is its deadline in steady_clock ticks while it is in
  // the epoll set; kTaken while a thread serves it or it is in the queue; kExpired after its
  // deadline has passed; kEvicted when it is to end.
  struct Entry {
    std::unique_ptr<Connection> connection;
    std::atomic<std::int64_t> parked_until{kTaken};
    std::atomic<std::int64_t> parked_since{0};
    std::atomic<bool> is_idle{false};  // If it is parked.
    bool is_evicted = false;           // Guarded by mutex_.
    std::list<Entry>::iterator self;
    Mutex parking;  // Held while it is added to epoll.
  };
  static constexpr std::int64_t kTaken = 0;
  static constexpr std::int64_t kExpired = -1;
  static constexpr std::int64_t kEvicted = -2;

  // Since when a connection has been waiting for its client, in steady_clock ticks; 0: it is not.
  static std::int64_t WaitingSince(const Entry& entry);

  void Watch(int descriptor, void* tag);
  void Work(std::list<std::thread>::iterator self);
  void Serve(Entry& entry);
  void ServeQueued();
  void Continue(Entry& entry, Connection::Next next, bool is_admitted);
  template <typename Step>
  Connection::Next Try(Step step) const;
  bool Park(Entry& entry, Connection::Next next, int operation);
  void Remove(Entry& entry);
  void CloseExpired();

  // Whether a thread may be used for a request that is not short; then busy_ counts it.
  bool Admit();
  void Enqueue(Entry& entry);
  Entry* TakeQueued();  // Admitted; null: none.
  int MostBusy(std::size_t threads) const;

  Entry* LongestWaiting() MSC_REQUIRES(mutex_);
  bool SpawnLocked() MSC_REQUIRES(mutex_);  // False: no thread can be created.
  bool RetireIfIdle(std::list<std::thread>::iterator self);

  const ConnectionLimits limits_;
  const Log log_;
  Descriptor epoll_;
  Descriptor stop_event_;
  Descriptor deadline_timer_;
  std::atomic<int> waiting_{0};
  std::atomic<int> busy_{0};    // Threads with requests that are not short.
  std::atomic<int> most_busy_;  // As many as there may be.
  std::atomic<int> queue_size_{0};

  Mutex mutex_;
  bool stopping_ MSC_GUARDED_BY(mutex_) = false;
  std::list<Entry> entries_ MSC_GUARDED_BY(mutex_);
  std::deque<Entry*> queue_ MSC_GUARDED_BY(mutex_);
  int evictions_ MSC_GUARDED_BY(mutex_) = 0;  // Entries that are evicted and not removed yet.
  std::list<std::thread> threads_ MSC_GUARDED_BY(mutex_);
  std::list<std::thread> retired_
      MSC_GUARDED_BY(mutex_);  // They have ended or soon will; to be joined.
};

}  // namespace msc::http
