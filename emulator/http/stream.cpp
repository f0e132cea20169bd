#include "emulator/http/stream.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace msc::http {
namespace {

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK; }

Stream::Progress PlainOutcome(ssize_t count, Stream::Wait wait) {
  if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
  if (count < 0 && errno == EINTR) return {};
  if (count < 0 && WouldBlock()) return {.wait = wait};
  return {.ended = true};
}

class PlainStream final : public Stream {
 public:
  using Stream::Stream;

  Progress Read(std::span<char> buffer) override { return ReadPlain(buffer); }
  Progress Write(std::string_view bytes, bool more) override { return WritePlain(bytes, more); }
  bool CanWriteFiles() const override { return true; }
  Progress WriteFile(int file, std::uint64_t offset, std::size_t count) override {
    return WriteFilePlain(file, offset, count);
  }
};

}  // namespace

Stream::Stream(int socket) : socket_(socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Stream::Progress Stream::ReadPlain(std::span<char> buffer) const {
  return PlainOutcome(::recv(socket(), buffer.data(), buffer.size(), 0), Wait::kToRead);
}

Stream::Progress Stream::WritePlain(std::string_view bytes, bool more) const {
  const int flags = MSG_NOSIGNAL | (more ? MSG_MORE : 0);
  return PlainOutcome(::send(socket(), bytes.data(), bytes.size(), flags), Wait::kToWrite);
}

Stream::Progress Stream::WriteFile(int, std::uint64_t, std::size_t) {
  throw std::logic_error("this stream cannot write files");
}

// SIGPIPE is blocked in all threads that serve connections.
Stream::Progress Stream::WriteFilePlain(int file, std::uint64_t offset, std::size_t count) const {
  auto at = static_cast<off_t>(offset);
  const ssize_t written = ::sendfile(socket(), file, &at, count);
  return written == 0 ? Progress{} : PlainOutcome(written, Wait::kToWrite);
}

void Stream::EndWriting() { ::shutdown(socket(), SHUT_WR); }

void Stream::ResetAtEnd(Deadline deadline) {
  // With this mark the socket becomes ready for writing only when everything has been sent.
  const int lowest = 1;
  ::setsockopt(socket(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &lowest, sizeof lowest);
  WaitUntil(Wait::kToWrite, deadline);
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void Stream::EndReading() { ::shutdown(socket(), SHUT_RD); }

void Stream::Interrupt() { ::shutdown(socket(), SHUT_RDWR); }

bool Stream::WaitUntil(Wait wait, Deadline deadline) const {
  waiting_since_ = std::chrono::steady_clock::now().time_since_epoch().count();
  const bool is_ready = Poll(wait, deadline);
  waiting_since_ = 0;
  return is_ready;
}

bool Stream::Poll(Wait wait, Deadline deadline) const {
  using std::chrono::milliseconds;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd entry{.fd = socket(),
                 .events = static_cast<short>(wait == Wait::kToWrite ? POLLOUT : POLLIN),
                 .revents = 0};
    const auto timeout = static_cast<int>(std::min<std::int64_t>(left.count(), 60'000));
    if (::poll(&entry, 1, timeout) > 0) return true;
  }
}

bool Stream::IsEndedByPeer() const {
  pollfd entry{.fd = socket(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&entry, 1, 0) > 0;
}

std::string Stream::LocalAuthority() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::getsockname(socket(), generic, &size) != 0 ||
      ::getnameinfo(generic, size, host.data(), host.size(), port.data(), port.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return "localhost";
  }
  const bool bracket = address.ss_family == AF_INET6;
  return (bracket ? "[" : "") + std::string(host.data()) + (bracket ? "]:" : ":") + port.data();
}

std::string Stream::ClientAddress() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  std::array<char, NI_MAXHOST> host{};
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::getpeername(socket(), generic, &size) != 0 ||
      ::getnameinfo(generic, size, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return {};
  }
  return host.data();
}

std::unique_ptr<Stream> MakePlainStream(int socket) {
  return std::make_unique<PlainStream>(socket);
}

}  // namespace msc::http
