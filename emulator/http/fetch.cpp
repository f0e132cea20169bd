#include "emulator/http/fetch.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/http/client_link.h"
#include "emulator/http/http_error.h"
#include "emulator/http/request.h"

namespace msc::http {
namespace {

constexpr std::size_t kMaxResponseHead = 64 * 1024;  // Bytes.
constexpr std::string_view kHeadEnd = "\r\n\r\n";

struct ParsedUrl {
  bool is_encrypted = false;
  std::string authority;
  std::string host;  // Without brackets.
  int port = 0;
  std::string target;
};

std::optional<ParsedUrl> ParseUrl(const std::string& url) {
  const auto end = url.find("://");
  if (end == std::string::npos) return std::nullopt;
  const std::string scheme = ToLower(url.substr(0, end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  const auto begin = end + 3;
  const auto path = std::min(url.find_first_of("/?", begin), url.size());
  const Request parts{.scheme = scheme, .authority = url.substr(begin, path - begin)};
  if (!IsAuthority(parts.authority) || !IsHeaderText(url) || url.find(' ') != std::string::npos) {
    return std::nullopt;
  }
  ParsedUrl parsed{.is_encrypted = scheme == "https",
                   .authority = parts.authority,
                   .host = parts.host(),
                   .port = scheme == "https" ? 443 : 80,
                   .target = url.substr(path)};
  if (const auto port = ParseUnsigned(parts.port())) parsed.port = static_cast<int>(*port);
  if (!parsed.target.starts_with('/')) parsed.target.insert(0, 1, '/');
  return parsed;
}

std::string HeadOf(const ParsedUrl& url, const Headers& headers) {
  std::string head = "GET " + url.target + " HTTP/1.1\r\nHost: " + url.authority + "\r\n";
  for (const auto& [name, value] : headers) head.append(name).append(": ").append(value) += "\r\n";
  return head + "Accept-Encoding: identity\r\nConnection: close\r\n\r\n";
}

std::string_view WithoutReturn(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// False if a line is malformed.
bool ParseResponseHead(std::string_view text, Fetched& fetched) {
  const auto lines = Split(text, '\n');
  const std::string_view status = WithoutReturn(lines.front());
  const auto blank = std::min(status.find(' '), status.size());
  const auto code = ParseUnsigned(status.substr(std::min(blank + 1, status.size()), 3));
  if (!status.starts_with("HTTP/1.") || !code) return false;
  fetched.status = static_cast<int>(*code);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = WithoutReturn(lines[i]);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    fetched.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(Trim(line.substr(colon + 1)))});
  }
  return true;
}

// The body of a response: what came with its head, and the rest of the connection.
class FetchedBody final : public BodyReader {
 public:
  FetchedBody(std::unique_ptr<ClientLink> link, std::string begun,
              std::optional<std::uint64_t> size)
      : link_(std::move(link)), begun_(std::move(begun)), size_(size) {}

  std::optional<std::uint64_t> size() const override { return size_; }
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }

  Result<std::size_t> Read(std::span<char> buffer) override {
    if (size_) buffer = buffer.first(std::min<std::uint64_t>(buffer.size(), *size_ - read_));
    if (buffer.empty()) return std::size_t{0};
    const auto count = ReadSome(buffer);
    if (!count || (*count == 0 && size_)) {
      return Error{HttpError::kClientGone, "the server ended before the body of its response"};
    }
    read_ += *count;
    if (read_ > limit_) return Error{HttpError::kBodyTooLarge, "the response is too large"};
    return *count;
  }

 private:
  std::optional<std::size_t> ReadSome(std::span<char> buffer) {
    if (at_ == begun_.size()) return link_->Read(buffer);
    const std::size_t count = begun_.copy(buffer.data(), buffer.size(), at_);
    at_ += count;
    return count;
  }

  const std::unique_ptr<ClientLink> link_;
  const std::string begun_;
  std::size_t at_ = 0;  // In begun_.
  const std::optional<std::uint64_t> size_;
  std::uint64_t read_ = 0;
  std::uint64_t limit_ = UINT64_MAX;
};

// The head, and what came with it of the body; nullopt: none came.
std::optional<std::string> ReadResponseHead(ClientLink& link) {
  std::string text;
  std::array<char, 16 * 1024> buffer{};
  while (text.find(kHeadEnd) == std::string::npos && text.size() < kMaxResponseHead) {
    const auto count = link.Read(buffer);
    if (!count || *count == 0) return std::nullopt;
    text.append(buffer.data(), *count);
  }
  return text;
}

// A body in chunks has no size here.
std::optional<std::uint64_t> SizeOfBody(const Headers& headers) {
  if (Find(headers, "Transfer-Encoding")) return std::nullopt;
  const auto length = Find(headers, "Content-Length");
  return length ? ParseUnsigned(*length) : std::nullopt;
}

}  // namespace

Result<Fetched> Fetch(const FetchRequest& request) {
  const auto url = ParseUrl(request.url);
  if (!url) return Error{FetchError::kMalformed, "it is no URL: " + request.url};
  std::string why;
  auto link = OpenClientLink({.host = url->host,
                              .port = url->port,
                              .is_encrypted = url->is_encrypted,
                              .may_be_special = request.may_be_special,
                              .deadline = std::chrono::steady_clock::now() + request.timeout,
                              .is_wanted = request.is_wanted},
                             why);
  if (!link) return Error{FetchError::kNotReached, why};
  if (!link->Write(HeadOf(*url, request.headers))) {
    return Error{FetchError::kNotReached, "the server takes no request"};
  }
  const auto text = ReadResponseHead(*link);
  if (!text) return Error{FetchError::kNotReached, "the server did not respond in time"};
  const auto end = text->find(kHeadEnd);
  Fetched fetched;
  if (end == std::string::npos ||
      !ParseResponseHead(std::string_view(*text).substr(0, end), fetched)) {
    return Error{FetchError::kMalformed, "the response is not HTTP"};
  }
  const auto size = SizeOfBody(fetched.headers);
  fetched.body =
      std::make_unique<FetchedBody>(std::move(link), text->substr(end + kHeadEnd.size()), size);
  return fetched;
}

}  // namespace msc::http
