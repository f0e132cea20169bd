#include "emulator/http/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "emulator/base/thread.h"

namespace msc::http {
namespace {

constexpr int kBacklog = 4096;
constexpr int kRetryMillis = 1;  // Until the system has descriptors or memory again.
constexpr int kForever = -1;

using AddressPtr = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

[[noreturn]] void FailToListen(const std::string& host, int port, int error) {
  const std::string address = host + " port " + std::to_string(port);
  if (error == EADDRINUSE) throw PortTaken(address + " is taken", port);
  if (error == EADDRNOTAVAIL || error == EAFNOSUPPORT) {
    throw HostMissing("this machine has no address " + host + " to listen on");
  }
  throw std::runtime_error("cannot listen on " + address + ": " + std::strerror(error));
}

AddressPtr Resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
    FailToListen(host, port, EADDRNOTAVAIL);
  }
  return {found, ::freeaddrinfo};
}

void SetOption(int socket, int level, int option) {
  const int on = 1;
  ::setsockopt(socket, level, option, &on, sizeof on);
}

// SO_REUSEADDR allows to bind a port that a process used a moment ago. Unlike SO_REUSEPORT, it
// never lets two processes share a port.
Descriptor BindAndListen(const std::string& host, int port) {
  const auto address = Resolve(host, port);
  Descriptor bound(::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (bound.get() < 0) FailToListen(host, port, errno);
  SetOption(bound.get(), SOL_SOCKET, SO_REUSEADDR);
  if (address->ai_family == AF_INET6) SetOption(bound.get(), IPPROTO_IPV6, IPV6_V6ONLY);
  if (::bind(bound.get(), address->ai_addr, address->ai_addrlen) != 0 ||
      ::listen(bound.get(), kBacklog) != 0) {
    FailToListen(host, port, errno);
  }
  return bound;
}

int PortOf(const Descriptor& bound) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(bound.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

Descriptor MakeStopEvent() {
  Descriptor event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (event.get() < 0) {
    throw std::runtime_error(std::string("cannot make an event: ") + std::strerror(errno));
  }
  return event;
}

}  // namespace

Listener::Listener(const std::string& host, int port)
    : socket_(BindAndListen(host, port)), stop_event_(MakeStopEvent()), port_(PortOf(socket_)) {}

Listener::~Listener() {
  if (!thread_.joinable()) return;
  ::eventfd_write(stop_event_.get(), 1);
  thread_.join();
}

void Listener::Start(std::function<void(int)> accepted, std::function<void()> needs_descriptor) {
  accepted_ = std::move(accepted);
  needs_descriptor_ = std::move(needs_descriptor);
  OpenSpare();
  thread_ = StartThread([this] { Run(); });
}

void Listener::Run() {
  std::array<pollfd, 2> waits = {{{.fd = stop_event_.get(), .events = POLLIN, .revents = 0},
                                  {.fd = socket_.get(), .events = POLLIN, .revents = 0}}};
  while (::poll(waits.data(), waits.size(), kForever) < 0 || waits[0].revents == 0) {
    if (!spare_) OpenSpare();
    AcceptAll();
    // A connection that cannot be accepted now stays in the queue: waiting for it would spin.
    ::poll(waits.data(), 1, errno == EAGAIN ? 0 : kRetryMillis);
  }
}

void Listener::OpenSpare() {
  const int opened = ::eventfd(0, EFD_CLOEXEC);
  if (opened >= 0) spare_.emplace(opened);
}

// Until accept() fails; errno says why.
void Listener::AcceptAll() {
  for (;;) {
    const int socket = ::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      accepted_(socket);
    } else if (errno == EMFILE || errno == ENFILE) {
      if (!MakeRoom()) return;
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return;
    }
  }
}

// Whether there is a descriptor for the next connection now; if not, errno says why.
bool Listener::MakeRoom() {
  // Without a descriptor, the system does not even look whether a connection waits.
  pollfd wait{.fd = socket_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&wait, 1, 0) <= 0) {
    errno = EAGAIN;
    return false;
  }
  needs_descriptor_();
  const bool had_spare = spare_.has_value();
  spare_.reset();
  errno = EMFILE;
  return had_spare;
}

}  // namespace msc::http
