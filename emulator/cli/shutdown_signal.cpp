#include "emulator/cli/shutdown_signal.h"

#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

namespace msc {
namespace {

int Opened(int descriptor) {
  if (descriptor == -1) throw std::runtime_error(std::string("no descriptor: ") + strerror(errno));
  return descriptor;
}

std::string SignalName(int signals) {
  signalfd_siginfo info{};
  if (::read(signals, &info, sizeof info) != sizeof info) return "a signal";
  return std::string("SIG") + ::sigabbrev_np(static_cast<int>(info.ssi_signo));
}

// Reads and drops the input that is there; true if the input has ended.
bool HasEnded(int input) {
  std::array<char, 4096> dropped{};
  const ssize_t count = ::read(input, dropped.data(), dropped.size());
  return count == 0 || (count == -1 && errno != EAGAIN && errno != EINTR);
}

}  // namespace

ShutdownSignal::ShutdownSignal(const sigset_t& signals, bool watch_input)
    : signals_(Opened(::signalfd(-1, &signals, SFD_CLOEXEC))),
      asked_(Opened(::eventfd(0, EFD_CLOEXEC))),
      input_(watch_input ? STDIN_FILENO : -1) {}

ShutdownSignal::~ShutdownSignal() {
  ::close(asked_);
  ::close(signals_);
}

void ShutdownSignal::Ask() const {
  const std::uint64_t once = 1;
  // It could only fail after 2^64 calls.
  [[maybe_unused]] const ssize_t written = ::write(asked_, &once, sizeof once);
}

std::string ShutdownSignal::Wait() const {
  constexpr short kHangUp = 0;  // poll() reports it without being asked for it.
  const short input_events = ::isatty(STDIN_FILENO) != 0 ? kHangUp : POLLIN;
  std::array<pollfd, 3> watched = {
      {{signals_, POLLIN, 0}, {asked_, POLLIN, 0}, {input_, input_events, 0}}};
  for (;;) {
    if (::poll(watched.data(), watched.size(), -1) <= 0) continue;
    if (watched[0].revents != 0) return SignalName(signals_);
    if (watched[1].revents != 0) return "POST /__admin/shutdown";
    if (watched[2].revents != 0 && HasEnded(input_)) return "stdin has ended";
  }
}

}  // namespace msc
