#include "emulator/http/reactor.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "emulator/base/thread.h"

namespace msc::http {
namespace {

using std::chrono::steady_clock;

constexpr int kInitialThreads = 2;
constexpr int kIdleThreads = 4;  // How many may wait before the pool shrinks.

itimerspec Every(std::chrono::milliseconds period) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(period);
  const std::chrono::nanoseconds rest = period - seconds;
  const timespec time{.tv_sec = seconds.count(), .tv_nsec = rest.count()};
  return {.it_interval = time, .it_value = time};
}

Descriptor Opened(int descriptor) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "HTTP server");
  return Descriptor(descriptor);
}

}  // namespace

Reactor::Reactor(const ConnectionLimits& limits, Log log)
    : limits_(limits),
      log_(std::move(log)),
      epoll_(Opened(::epoll_create1(EPOLL_CLOEXEC))),
      stop_event_(Opened(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      deadline_timer_(Opened(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))) {
  const itimerspec period = Every(limits_.check_interval);
  ::timerfd_settime(deadline_timer_.get(), 0, &period, nullptr);
  Watch(stop_event_.get(), &stop_event_);
  Watch(deadline_timer_.get(), &deadline_timer_);
  const MutexLock lock(mutex_);
  for (int i = 0; i < kInitialThreads; ++i) SpawnLocked();
  if (threads_.empty()) throw std::runtime_error("HTTP server: no thread to be had");
}

Reactor::~Reactor() = default;

void Reactor::Watch(int descriptor, void* tag) {
  epoll_event event{.events = EPOLLIN, .data = {.ptr = tag}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "HTTP server");
  }
}

bool Reactor::SpawnLocked() {
  if (stopping_ || threads_.size() >= limits_.threads) return false;
  threads_.emplace_back();
  const auto self = std::prev(threads_.end());
  try {
    ++waiting_;
    *self = StartThread([this, self] { Work(self); });
  } catch (
      const std::system_error&) {  // No thread can be created now; the next request tries again.
    --waiting_;
    threads_.erase(self);
    return false;
  }
  return true;
}

void Reactor::Work(std::list<std::thread>::iterator self) {
  for (;;) {  // Counted as waiting here.
    epoll_event event{};
    const int count = ::epoll_wait(epoll_.get(), &event, 1, -1);
    if (count <= 0) continue;
    if (event.data.ptr == &stop_event_) return;
    if (event.data.ptr == &deadline_timer_) {
      std::uint64_t ticks = 0;
      if (::read(deadline_timer_.get(), &ticks, sizeof ticks) != sizeof ticks) continue;
      CloseExpired();
      if (RetireIfIdle(self)) return;
      continue;
    }
    bool is_last_free_thread = false;
    if (--waiting_ == 0) {
      const MutexLock lock(mutex_);
      is_last_free_thread = !SpawnLocked();
    }
    Serve(*static_cast<Entry*>(event.data.ptr), is_last_free_thread);
    ++waiting_;
  }
}

void Reactor::Serve(Entry& entry, bool is_last_free_thread) {
  // The thread that handed it to epoll may not have returned from that call yet.
  { const MutexLock parked(entry.parking); }
  const bool expired = entry.parked_until.exchange(kTaken) == kExpired;
  auto next = Connection::Next::kClose;
  try {
    next = entry.connection->Run(expired, is_last_free_thread);
  } catch (const std::exception& error) {  // For example, out of memory.
    log_(LogLevel::kError, std::string("a connection was dropped: ") + error.what());
  } catch (...) {  // A function of the program that embeds us may throw anything.
    log_(LogLevel::kError, "a connection was dropped");
  }
  const bool parked = next != Connection::Next::kClose && Park(entry, next, EPOLL_CTL_MOD);
  if (!parked) Remove(entry);
}

// False if epoll rejects the socket. Otherwise the entry belongs to the thread that epoll wakes.
bool Reactor::Park(Entry& entry, Connection::Next next, int operation) {
  const MutexLock parking(entry.parking);
  entry.parked_until = entry.connection->deadline().time_since_epoch().count();
  const auto direction = next == Connection::Next::kWaitToWrite ? EPOLLOUT : EPOLLIN;
  epoll_event event{.events = static_cast<std::uint32_t>(direction | EPOLLRDHUP | EPOLLONESHOT),
                    .data = {.ptr = &entry}};
  return ::epoll_ctl(epoll_.get(), operation, entry.connection->socket(), &event) == 0;
}

void Reactor::Add(std::unique_ptr<Connection> connection) {
  const MutexLock lock(mutex_);
  if (stopping_) return;
  Entry& entry = entries_.emplace_back();
  entry.self = std::prev(entries_.end());
  entry.connection = std::move(connection);
  if (!Park(entry, Connection::Next::kWaitToRead, EPOLL_CTL_ADD)) entries_.pop_back();
}

void Reactor::Remove(Entry& entry) {
  std::list<Entry> removed;  // Closed after the lock is released.
  const MutexLock lock(mutex_);
  removed.splice(removed.end(), entries_, entry.self);
}

// Makes expired connections ready, so that a thread gets them in the usual way.
void Reactor::CloseExpired() {
  const MutexLock lock(mutex_);
  const std::int64_t now = steady_clock::now().time_since_epoch().count();
  for (Entry& entry : entries_) {
    std::int64_t until = entry.parked_until;
    if (until <= kTaken || until > now) continue;
    if (entry.parked_until.compare_exchange_strong(until, kExpired)) entry.connection->Wake();
  }
}

bool Reactor::RetireIfIdle(std::list<std::thread>::iterator self) {
  const MutexLock lock(mutex_);
  for (auto& thread : retired_) thread.join();
  retired_.clear();
  if (stopping_ || waiting_ <= kIdleThreads) return false;
  --waiting_;
  retired_.splice(retired_.end(), threads_, self);
  return true;
}

void Reactor::Stop() {
  std::list<std::thread> threads;
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
    for (Entry& entry : entries_) entry.connection->Interrupt();
  }
  const std::uint64_t one = 1;
  if (::write(stop_event_.get(), &one, sizeof one) != sizeof one) std::terminate();
  for (auto& thread : threads) thread.join();
  const MutexLock lock(mutex_);
  for (auto& thread : retired_) thread.join();
  entries_.clear();
}

}  // namespace msc::http
