// The health probe of the statically linked program, for which Debian has no library of
// cpp-httplib.
#include <openssl/bio.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <memory>

#include "emulator/base/text.h"
#include "emulator/cli/health_probe.h"
#include "emulator/http/openssl_pointers.h"

namespace msc {
namespace {

constexpr int kConnectTimeout = 2;  // Seconds.
constexpr int kConnectPollMillis = 5;
constexpr int kReadTimeoutMillis = 2000;

using BioChain = std::unique_ptr<BIO, http::OpenSslDeleter<BIO_free_all>>;

// A URL in parts. The authority has a port, because a BIO has no default.
struct Target {
  bool encrypted;
  std::string authority;
  std::string path;
};

std::optional<Target> ParseUrl(const std::string& url) {
  const bool encrypted = url.starts_with("https://");
  if (!encrypted && !url.starts_with("http://")) return std::nullopt;
  const auto begin = url.find("//") + 2;
  const auto slash = std::min(url.find('/', begin), url.size());
  std::string authority = url.substr(begin, slash - begin);
  const auto colon = authority.rfind(':');
  if (colon == std::string::npos || authority.find(']', colon) != std::string::npos) {
    authority += encrypted ? ":443" : ":80";
  }
  return Target{encrypted, authority, slash == url.size() ? "/" : url.substr(slash)};
}

BioChain MakeBio(SSL_CTX* context) {
  return BioChain(context == nullptr ? BIO_new(BIO_s_connect()) : BIO_new_ssl_connect(context));
}

std::string MakeProbeRequest(const Target& target, const std::string& token) {
  return "GET " + target.path + " HTTP/1.1\r\nHost: " + target.authority + "\r\n" +
         (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n") +
         "Connection: close\r\n\r\n";
}

// Whether the call that has just failed can be tried again, once the socket is ready for it.
bool WaitToRetry(BIO* bio) {
  if (BIO_should_retry(bio) == 0) return false;
  const short event = BIO_should_read(bio) != 0 ? POLLIN : POLLOUT;
  pollfd wait = {.fd = static_cast<int>(BIO_get_fd(bio, nullptr)), .events = event, .revents = 0};
  return ::poll(&wait, 1, kReadTimeoutMillis) == 1;
}

bool WriteAll(BIO* bio, std::string_view bytes) {
  while (!bytes.empty()) {
    const int count = BIO_write(bio, bytes.data(), static_cast<int>(bytes.size()));
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (!WaitToRetry(bio)) {
      return false;
    }
  }
  return true;
}

// At least `size` bytes, or fewer if there are no more in time.
std::string ReadAtLeast(std::size_t size, BIO* bio) {
  std::string text;
  std::array<char, 256> buffer{};
  while (text.size() < size) {
    const int count = BIO_read(bio, buffer.data(), static_cast<int>(buffer.size()));
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (!WaitToRetry(bio)) {
      break;
    }
  }
  return text;
}

}  // namespace

std::optional<int> ProbeStatus(const std::string& url, const std::string& token) {
  constexpr std::string_view kStatusLine = "HTTP/1.1 200";
  const auto target = ParseUrl(url);
  if (!target) return std::nullopt;
  // The certificate is not checked: it may be one that the emulator made at its start.
  const http::SslContextPtr context(target->encrypted ? SSL_CTX_new(TLS_client_method()) : nullptr);
  const auto bio = MakeBio(context.get());
  BIO_set_conn_hostname(bio.get(), target->authority.c_str());
  if (BIO_do_connect_retry(bio.get(), kConnectTimeout, kConnectPollMillis) != 1)
    return std::nullopt;
  if (!WriteAll(bio.get(), MakeProbeRequest(*target, token))) return std::nullopt;
  const std::string head = ReadAtLeast(kStatusLine.size(), bio.get());
  if (head.size() < kStatusLine.size() || !head.starts_with("HTTP/1.")) return std::nullopt;
  const auto status = ParseUnsigned(head.substr(kStatusLine.size() - 3, 3));
  if (!status) return std::nullopt;
  return static_cast<int>(*status);
}

}  // namespace msc
