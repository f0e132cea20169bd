#include "emulator/cli/health_probe.h"

#include <httplib.h>

namespace msc {

std::optional<int> ProbeStatus(const std::string& url, const std::string& token) {
  constexpr time_t kTimeout = 2;  // Seconds.
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  const auto path = url.find('/', scheme + 3);
  httplib::Client client(url.substr(0, path));
  if (!client.is_valid()) return std::nullopt;
  client.enable_server_certificate_verification(false);
  client.set_connection_timeout(kTimeout);
  client.set_read_timeout(kTimeout);
  if (!token.empty()) client.set_bearer_token_auth(token);
  const auto answer = client.Get(path == std::string::npos ? "/" : url.substr(path));
  if (!answer) return std::nullopt;
  return answer->status;
}

std::string DefaultHealthUrl(const EmulatorOptions& options) {
  const bool encrypted = options.tls_self_signed || !options.tls_certificate.empty();
  const bool is_ipv6 =
      options.host.find(':') != std::string::npos && !options.host.starts_with('[');
  return (encrypted ? "https://" : "http://") +
         (is_ipv6 ? '[' + options.host + ']' : options.host) + ':' + std::to_string(options.port);
}

}  // namespace msc
