#include "emulator/http/client_link.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include "emulator/base/descriptor.h"
#include "emulator/http/openssl_pointers.h"

namespace msc::http {
namespace {

using AddressesPtr = std::unique_ptr<addrinfo, OpenSslDeleter<freeaddrinfo>>;

bool IsSpecialIpv4(std::uint32_t address) {
  const std::uint32_t first = address >> 24;
  return first == 0 || first >= 224 || (address >> 16) == 0xA9FE;  // 169.254.0.0/16
}

bool IsSpecialIpv6(const in6_addr& address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    std::uint32_t inner = 0;
    std::memcpy(&inner, &address.s6_addr[12], sizeof inner);
    return IsSpecialIpv4(ntohl(inner));
  }
  return IN6_IS_ADDR_UNSPECIFIED(&address) || IN6_IS_ADDR_LINKLOCAL(&address) ||
         IN6_IS_ADDR_MULTICAST(&address);
}

bool IsSpecial(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof ipv4);
    return IsSpecialIpv4(ntohl(ipv4.sin_addr.s_addr));
  }
  sockaddr_in6 ipv6{};
  std::memcpy(&ipv6, &address, sizeof ipv6);
  return IsSpecialIpv6(ipv6.sin6_addr);
}

// Waits for the socket in slices, so that a wait ends soon when nobody wants it any more.
class Waiter {
 public:
  Waiter(int socket, const ClientTarget& target)
      : socket_(socket), deadline_(target.deadline), is_wanted_(target.is_wanted) {}

  bool Wait(short events) const {
    constexpr int kSlice = 100;  // Milliseconds.
    while (std::chrono::steady_clock::now() < deadline_ && (!is_wanted_ || is_wanted_())) {
      pollfd state{.fd = socket_, .events = events, .revents = 0};
      const int count = ::poll(&state, 1, kSlice);
      if (count > 0) return true;
      if (count < 0 && errno != EINTR) return false;
    }
    return false;
  }

 private:
  const int socket_;
  const std::chrono::steady_clock::time_point deadline_;
  const std::function<bool()> is_wanted_;
};

class PlainLink final : public ClientLink {
 public:
  PlainLink(Descriptor socket, const ClientTarget& target)
      : socket_(std::move(socket)), waiter_(socket_.get(), target) {}

  std::optional<std::size_t> Read(std::span<char> buffer) override {
    for (;;) {
      const auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (!MayRetry(POLLIN)) return std::nullopt;
    }
  }

  bool Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (!MayRetry(POLLOUT)) {
        return false;
      }
    }
    return true;
  }

 private:
  bool MayRetry(short events) const {
    if (errno == EINTR) return true;
    return (errno == EAGAIN || errno == EWOULDBLOCK) && waiter_.Wait(events);
  }

  const Descriptor socket_;
  const Waiter waiter_;
};

class TlsLink final : public ClientLink {
 public:
  TlsLink(Descriptor socket, const ClientTarget& target)
      : socket_(std::move(socket)), waiter_(socket_.get(), target), context_(MakeContext()) {
    ssl_.reset(SSL_new(context_.get()));
    CheckOpenSsl(ssl_ && SSL_set_fd(ssl_.get(), socket_.get()) == 1 &&
                     SSL_set1_host(ssl_.get(), target.host.c_str()) == 1,
                 "cannot prepare TLS");
    (void)SSL_set_tlsext_host_name(ssl_.get(), target.host.c_str());
  }

  bool Connect() {
    return Repeat([this] { return SSL_connect(ssl_.get()); }) == 1;
  }

  std::optional<std::size_t> Read(std::span<char> buffer) override {
    std::size_t count = 0;
    const int result =
        Repeat([&] { return SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &count); });
    if (result == 1) return count;
    const bool is_end = SSL_get_error(ssl_.get(), result) == SSL_ERROR_ZERO_RETURN;
    return is_end ? std::optional<std::size_t>(0) : std::nullopt;
  }

  bool Write(std::string_view bytes) override {
    std::size_t count = 0;
    return Repeat([&] { return SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count); }) ==
           1;
  }

 private:
  static SslContextPtr MakeContext() {
    SslContextPtr context(SSL_CTX_new(TLS_client_method()));
    CheckOpenSsl(context && SSL_CTX_set_default_verify_paths(context.get()) == 1,
                 "cannot prepare TLS");
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
  }

  template <typename Call>
  int Repeat(Call call) {
    for (;;) {
      ERR_clear_error();
      const int result = call();
      if (result == 1) return result;
      const int error = SSL_get_error(ssl_.get(), result);
      const bool reads = error == SSL_ERROR_WANT_READ;
      if (!reads && error != SSL_ERROR_WANT_WRITE) return result;
      if (!waiter_.Wait(reads ? POLLIN : POLLOUT)) return -1;
    }
  }

  const Descriptor socket_;
  const Waiter waiter_;
  const SslContextPtr context_;
  SslPtr ssl_;
};

AddressesPtr Resolve(const ClientTarget& target) {
  const addrinfo hints{.ai_flags = AI_NUMERICSERV,
                       .ai_family = AF_UNSPEC,
                       .ai_socktype = SOCK_STREAM,
                       .ai_protocol = 0,
                       .ai_addrlen = 0,
                       .ai_addr = nullptr,
                       .ai_canonname = nullptr,
                       .ai_next = nullptr};
  addrinfo* found = nullptr;
  const std::string port = std::to_string(target.port);
  if (::getaddrinfo(target.host.c_str(), port.c_str(), &hints, &found) != 0) return nullptr;
  return AddressesPtr(found);
}

// A connected socket; -1: the server does not answer there.
Descriptor ConnectTo(const addrinfo& address, const ClientTarget& target) {
  Descriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return {};
  if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS || !Waiter(socket.get(), target).Wait(POLLOUT)) return {};
  int error = 0;
  socklen_t size = sizeof error;
  const bool is_connected =
      ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
  return is_connected ? std::move(socket) : Descriptor();
}

std::unique_ptr<ClientLink> LinkOver(Descriptor socket, const ClientTarget& target) {
  if (!target.is_encrypted) return std::make_unique<PlainLink>(std::move(socket), target);
  auto link = std::make_unique<TlsLink>(std::move(socket), target);
  if (!link->Connect()) return nullptr;
  return link;
}

}  // namespace

std::unique_ptr<ClientLink> OpenClientLink(const ClientTarget& target, std::string& why) {
  const auto addresses = Resolve(target);
  why = "the name " + target.host + " has no address";
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    if (!target.may_be_special && IsSpecial(*address->ai_addr)) {
      why = target.host + " leads to an address that must be allowed by itself";
      continue;
    }
    Descriptor socket = ConnectTo(*address, target);
    why = "no server answers at " + target.host + ':' + std::to_string(target.port);
    if (socket.get() < 0) continue;
    if (auto link = LinkOver(std::move(socket), target)) return link;
    why = "the TLS connection to " + target.host + " failed, or its certificate is not trusted";
  }
  return nullptr;
}

}  // namespace msc::http
