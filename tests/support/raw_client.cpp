#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

namespace msc::testing {
namespace {

constexpr int kPatience = 10'000;  // Milliseconds.
constexpr std::string_view kHeadEnd = "\r\n\r\n";

}  // namespace

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  }
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::EndWriting() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::Receive() {
  pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
  if (ended_ || ::poll(&entry, 1, kPatience) <= 0) return false;
  std::array<char, 64 * 1024> buffer;
  const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) {
    ended_ = true;
    was_reset_ = count < 0 && errno == ECONNRESET;
    return false;
  }
  received_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawClient::ReadAnswer(bool to_head) {
  std::size_t head_end = 0;
  while ((head_end = received_.find(kHeadEnd)) == std::string::npos) {
    if (!Receive()) return {};
  }
  const std::string head = received_.substr(0, head_end + kHeadEnd.size());
  const int status = StatusOf(head);
  const bool bodiless = to_head || status < 200 || status == 204 || status == 304;
  const auto length = HeaderOf(head, "Content-Length").value_or("0");
  const std::size_t size = head.size() + (bodiless ? 0 : std::stoull(length));
  while (received_.size() < size) {
    if (!Receive()) return {};
  }
  std::string answer = received_.substr(0, size);
  received_.erase(0, size);
  return answer;
}

std::optional<std::string> RawClient::ReadLine() {
  std::size_t end = 0;
  while ((end = received_.find('\n')) == std::string::npos) {
    if (!Receive()) return std::nullopt;
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::optional<std::string> RawClient::ReadToEnd() {
  while (Receive()) {
  }
  if (!ended_) return std::nullopt;
  return std::move(received_);
}

std::string RawClient::Ask(std::string_view request) {
  Send(request);
  return ReadAnswer();
}

bool RawClient::IsClosed() {
  const auto rest = ReadToEnd();
  return rest && rest->empty();
}

std::string StatusLine(std::string_view answer) {
  return std::string(answer.substr(0, answer.find("\r\n")));
}

int StatusOf(std::string_view answer) {
  const auto space = answer.find(' ');
  return space == std::string_view::npos ? 0
                                         : std::atoi(std::string(answer.substr(space, 5)).c_str());
}

std::string BodyOf(std::string_view answer) {
  const auto end = answer.find(kHeadEnd);
  return end == std::string_view::npos ? "" : std::string(answer.substr(end + kHeadEnd.size()));
}

std::optional<std::string> HeaderOf(std::string_view answer, std::string_view name) {
  const auto head = answer.substr(0, answer.find(kHeadEnd) + 2);
  const std::string start = "\r\n" + std::string(name) + ": ";
  const auto at = head.find(start);
  if (at == std::string_view::npos) return std::nullopt;
  const auto value = head.substr(at + start.size());
  return std::string(value.substr(0, value.find("\r\n")));
}

}  // namespace msc::testing
