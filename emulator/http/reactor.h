#pragma once

#include <atomic>
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
// uses no thread.
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

  // Ends all connections at once, and all threads. To be called once.
  void Stop();

 private:
  // A connection and its state. parked_until is its deadline in steady_clock ticks while it is in
  // the epoll set, kTaken while a thread serves it, kExpired after its deadline has passed.
  struct Entry {
    std::unique_ptr<Connection> connection;
    std::atomic<std::int64_t> parked_until{kTaken};
    std::list<Entry>::iterator self;
    Mutex parking;  // Held while it is added to epoll.
  };
  static constexpr std::int64_t kTaken = 0;
  static constexpr std::int64_t kExpired = -1;

  void Watch(int descriptor, void* tag);
  void Work(std::list<std::thread>::iterator self);
  void Serve(Entry& entry, bool is_last_free_thread);
  bool Park(Entry& entry, Connection::Next next, int operation);
  void Remove(Entry& entry);
  void CloseExpired();
  bool SpawnLocked() MSC_REQUIRES(mutex_);  // False: no thread can be created.
  bool RetireIfIdle(std::list<std::thread>::iterator self);

  const ConnectionLimits limits_;
  const Log log_;
  Descriptor epoll_;
  Descriptor stop_event_;
  Descriptor deadline_timer_;
  std::atomic<int> waiting_{0};

  Mutex mutex_;
  bool stopping_ MSC_GUARDED_BY(mutex_) = false;
  std::list<Entry> entries_ MSC_GUARDED_BY(mutex_);
  std::list<std::thread> threads_ MSC_GUARDED_BY(mutex_);
  std::list<std::thread> retired_
      MSC_GUARDED_BY(mutex_);  // They have ended or soon will; to be joined.
};

}  // namespace msc::http
