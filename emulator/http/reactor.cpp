#include "emulator/http/reactor.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
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
      deadline_timer_(Opened(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))),
      most_busy_(MostBusy(limits.threads)) {
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
    most_busy_ = MostBusy(threads_.size());
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
      most_busy_ = MostBusy(limits_.threads);  // There may be threads again.
      if (RetireIfIdle(self)) return;
      continue;
    }
    if (--waiting_ == 0) {
      const MutexLock lock(mutex_);
      SpawnLocked();
    }
    Serve(*static_cast<Entry*>(event.data.ptr));
    ServeQueued();
    ++waiting_;
  }
}

template <typename Step>
Connection::Next Reactor::Try(Step step) const {
  try {
    return step();
  } catch (const std::exception& error) {  // For example, out of memory.
    log_(LogLevel::kError, std::string("a connection was dropped: ") + error.what());
  } catch (...) {  // A function of the program that embeds us may throw anything.
    log_(LogLevel::kError, "a connection was dropped");
  }
  return Connection::Next::kClose;
}

void Reactor::Serve(Entry& entry) {
  // The thread that handed it to epoll may not have returned from that call yet.
  { const MutexLock parked(entry.parking); }
  const std::int64_t until = entry.parked_until.exchange(kTaken);
  const auto cause = until == kEvicted   ? Connection::Cause::kEvicted
                     : until == kExpired ? Connection::Cause::kExpired
                                         : Connection::Cause::kReady;
  Continue(entry, Try([&] { return entry.connection->Advance(cause); }), /*is_admitted=*/false);
}

void Reactor::ServeQueued() {
  while (Entry* const entry = TakeQueued()) {
    Continue(*entry, Connection::Next::kServe, /*is_admitted=*/true);
  }
}

// Serves the connection's requests until it waits for its client, or for a thread.
void Reactor::Continue(Entry& entry, Connection::Next next, bool is_admitted) {
  while (next == Connection::Next::kServe) {
    const ThreadUse use = entry.connection->thread_use();
    if (!is_admitted && use != ThreadUse::kShort) is_admitted = Admit();
    if (!is_admitted && use == ThreadUse::kQueued) return Enqueue(entry);
    const bool must_not_wait = !is_admitted && use == ThreadUse::kLong;
    next = Try([&] { return entry.connection->Serve(must_not_wait); });
    if (is_admitted) --busy_;
    is_admitted = false;
  }
  if (next == Connection::Next::kClose || !Park(entry, next, EPOLL_CTL_MOD)) Remove(entry);
}

int Reactor::MostBusy(std::size_t threads) const {
  return std::max(1, static_cast<int>(threads - std::min(limits_.reserved_threads, threads / 2)));
}

bool Reactor::Admit() {
  if (++busy_ <= most_busy_) return true;
  --busy_;
  return false;
}

void Reactor::Enqueue(Entry& entry) {
  const MutexLock lock(mutex_);
  queue_.push_back(&entry);
  ++queue_size_;
}

// Called after busy_ was decreased, and after Enqueue: whichever comes last finds the entry and a
// free thread.
Reactor::Entry* Reactor::TakeQueued() {
  if (queue_size_ == 0) return nullptr;
  const MutexLock lock(mutex_);
  if (stopping_ || queue_.empty() || !Admit()) return nullptr;
  Entry* const entry = queue_.front();
  queue_.pop_front();
  --queue_size_;
  return entry;
}

// False if epoll rejects the socket. Otherwise the entry belongs to the thread that epoll wakes.
bool Reactor::Park(Entry& entry, Connection::Next next, int operation) {
  const MutexLock parking(entry.parking);
  entry.is_idle = entry.connection->is_idle();
  entry.parked_since = steady_clock::now().time_since_epoch().count();
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
  if (entry.is_evicted) --evictions_;
  removed.splice(removed.end(), entries_, entry.self);
}

std::int64_t Reactor::WaitingSince(const Entry& entry) {
  const std::int64_t until = entry.parked_until;
  if (until > kTaken) return entry.parked_since;
  return until == kTaken ? entry.connection->waiting_since() : 0;
}

Reactor::Entry* Reactor::LongestWaiting() {
  Entry* longest = nullptr;
  std::pair<bool, std::int64_t> least;
  for (Entry& entry : entries_) {
    const std::int64_t since = WaitingSince(entry);
    if (since == 0) continue;
    const std::pair rank(entry.parked_until == kTaken || !entry.is_idle, since);
    if (longest != nullptr && rank >= least) continue;
    longest = &entry;
    least = rank;
  }
  return longest;
}

void Reactor::EvictOne() {
  const MutexLock lock(mutex_);
  if (stopping_ || evictions_ > 0) return;
  Entry* const entry = LongestWaiting();
  if (entry == nullptr) return;
  std::int64_t until = entry->parked_until;
  if (until == kTaken) {
    entry->connection->Interrupt();
  } else if (until > kTaken && entry->parked_until.compare_exchange_strong(until, kEvicted)) {
    entry->connection->Wake();
  } else {
    return;  // It goes on just now.
  }
  entry->is_evicted = true;
  ++evictions_;
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
