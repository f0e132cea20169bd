#include "tests/benchmark/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace msc::benchmark {
namespace {

constexpr std::string_view kScheme = "http://";
constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kLength = "\r\ncontent-length: ";
constexpr const char* kClosed = "the server closed the connection";
constexpr int kOk = 200;
constexpr std::uint64_t kDropSize = 1024 * 1024;
constexpr std::size_t kStatusOffset = std::string_view("HTTP/1.1 ").size();

// The result of a system call, or the error that it left.
template <typename T>
T Check(T result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

}  // namespace

Url Url::Parse(std::string_view text) {
  const auto colon = text.find(':', kScheme.size());
  if (!text.starts_with(kScheme) || colon == std::string_view::npos) {
    throw std::invalid_argument("not http://host:port/target: " + std::string(text));
  }
  const auto slash = text.find('/', colon);
  return {.host = std::string(text.substr(kScheme.size(), colon - kScheme.size())),
          .port = std::stoi(std::string(text.substr(colon + 1, slash - colon - 1))),
          .target = slash == std::string_view::npos ? "/" : std::string(text.substr(slash))};
}

std::string Url::Authority() const { return host + ':' + std::to_string(port); }

Connection::Connection(const Url& url)
    : socket_(Check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(url.port));
  if (::inet_pton(AF_INET, url.host.c_str(), &address.sin_addr) != 1) {
    throw std::invalid_argument("not an IPv4 address: " + url.host);
  }
  const int on = 1;
  Check(::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
  Check(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
}

Connection::~Connection() { ::close(socket_); }

void Connection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = Check(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), "send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

Answer Connection::Receive() {
  const Head head = ReceiveHead();
  while (received_.size() < head.length) ReceiveMore();
  Answer answer{.status = head.status, .body = received_.substr(0, head.length)};
  received_.erase(0, head.length);
  return answer;
}

Answer Connection::ReceiveBodiless() { return {.status = ReceiveHead().status}; }

void Connection::ReceiveAndDrop(std::uint64_t size) {
  const Head head = ReceiveHead();
  if (head.status != kOk || head.length != size) {
    throw std::runtime_error("answered " + std::to_string(head.status) + " with " +
                             std::to_string(head.length) + " bytes");
  }
  std::uint64_t left = size - std::min<std::uint64_t>(size, received_.size());
  received_.erase(0, size);
  while (left > 0) {
    const auto count =
        Check(::recv(socket_, nullptr, std::min(left, kDropSize), MSG_TRUNC), "recv");
    if (count == 0) throw std::runtime_error(kClosed);
    left -= static_cast<std::uint64_t>(count);
  }
}

Connection::Head Connection::ReceiveHead() {
  std::size_t end = 0;
  while ((end = received_.find(kHeadEnd)) == std::string::npos) ReceiveMore();
  std::string text = received_.substr(0, end);
  received_.erase(0, end + kHeadEnd.size());

  Head head{.status = std::stoi(text.substr(kStatusOffset))};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto length = text.find(kLength);
  if (length == std::string::npos) {
    throw std::runtime_error("answered " + std::to_string(head.status) +
                             " without a Content-Length: " + received_);
  }
  head.length = std::stoull(text.substr(length + kLength.size()));
  return head;
}

void Connection::ReceiveMore() {
  std::array<char, 64 * 1024> piece;
  const auto count = Check(::recv(socket_, piece.data(), piece.size(), 0), "recv");
  if (count == 0) throw std::runtime_error(kClosed);
  received_.append(piece.data(), static_cast<std::size_t>(count));
}

}  // namespace msc::benchmark
