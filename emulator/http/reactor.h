#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <thread>
#include <vector>

#include "emulator/base/mutex.h"
#include "emulator/http/connection.h"
#include "emulator/http/descriptor.h"

namespace msc::http {

// Runs connections on threads. All threads wait on one epoll set; whoever gets a connection serves
// it itself, without handing it over, and another thread is there to wait in its place: the pool
// grows when the last waiting thread leaves and shrinks when many stand idle. A connection that
// waits for its client holds no thread.
class Reactor {
 public:
  // Throws std::runtime_error where the system refuses a descriptor or a thread.
  Reactor(const ConnectionLimits& limits, Log log);

  // REQUIRES: Stop was called.
  ~Reactor();

  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  // Takes over a connection. From any thread.
  void Add(std::unique_ptr<Connection> connection);

  // Ends all connections, whatever they do, and all threads. Once.
  void Stop();

 private:
  // A connection and whose turn it is: parked_until is the deadline in steady_clock ticks while
  // epoll has it, kTaken while a thread has it, kExpired when its deadline has passed.
  struct Entry {
    std::unique_ptr<Connection> connection;
    std::atomic<std::int64_t> parked_until{kTaken};
    std::list<Entry>::iterator self;
    Mutex parking;  // Held while it is handed to epoll.
  };
  static constexpr std::int64_t kTaken = 0;
  static constexpr std::int64_t kExpired = -1;

  void Watch(int descriptor, void* tag);
  void Work(std::list<std::thread>::iterator self);
  void Serve(Entry& entry, bool is_last_free_thread);
  bool Park(Entry& entry, Connection::Next next, int operation);
  void Remove(Entry& entry);
  void CloseExpired();
  bool SpawnLocked() MSC_REQUIRES(mutex_);  // False: there is no thread to be had.
  bool RetireIfIdle(std::list<std::thread>::iterator self);

  const ConnectionLimits limits_;
  const Log log_;
  Descriptor epoll_;
  Descriptor stop_event_;
  Descriptor sweep_timer_;
  std::atomic<int> waiting_{0};

  Mutex mutex_;
  bool stopping_ MSC_GUARDED_BY(mutex_) = false;
  std::list<Entry> entries_ MSC_GUARDED_BY(mutex_);
  std::list<std::thread> threads_ MSC_GUARDED_BY(mutex_);
  std::list<std::thread> retired_ MSC_GUARDED_BY(mutex_);  // Ended or about to; to be joined.
};

}  // namespace msc::http
