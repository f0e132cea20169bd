#include "emulator/option_check.h"

#include <algorithm>

#include "emulator/base/encoding.h"
#include "emulator/base/log.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/control/time/clock_limits.h"
#include "emulator/http/request.h"
#include "storage_stub/model/copy_sources.h"
#include "storage_stub/model/development_account.h"

namespace msc {
namespace {

constexpr std::chrono::hours kLongestProcessing{24 * 365};
constexpr std::uint64_t kLargestMediaLimit = std::uint64_t{1} << 50;

constexpr int kMostSoftDeleteDays = 365;

[[noreturn]] void Refuse(std::string_view field, std::string_view value, std::string_view allowed) {
  throw StartError(StartError::Reason::kOption, std::string(field) + ": '" + std::string(value) +
                                                    "' is not allowed; " + std::string(allowed));
}

void CheckPort(std::string_view field, int port) {
  if (port < 0 || port > 65535) {
    Refuse(field, std::to_string(port), "it must be from 0 (any free port) to 65535");
  }
}

// Removes a slash at the end of a base URL.
void CheckUrl(std::string_view field, std::string& url) {
  if (url.empty()) return;
  std::string_view rest = url;
  const bool has_scheme = rest.starts_with("http://") || rest.starts_with("https://");
  if (has_scheme) rest.remove_prefix(rest.find("//") + 2);
  if (!has_scheme || !http::IsAuthority(rest.substr(0, rest.find('/'))) ||
      rest.find_first_of("?# \"<>\\") != std::string_view::npos) {
    Refuse(field, url, "it must be like https://host.example or https://host.example:8443/path");
  }
  while (url.ends_with('/')) url.pop_back();
}

void CheckAccountName(std::string_view field, const std::string& name) {
  const bool fits = name.size() >= 3 && name.size() <= 24 &&
                    std::all_of(name.begin(), name.end(),
                                [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'z'); });
  if (!fits) Refuse(field, name, "it must be 3 to 24 lower-case letters and digits");
  if (name == "api" || name == "keydelivery") {
    Refuse(field, name, "its path would hide another part of the emulator");
  }
}

void CheckAccountKey(std::string_view field, const std::string& text) {
  const auto key = Base64DecodeAnyTail(text);
  if (!key || key->empty()) {
    Refuse(field, text, "it must be base64, such as 'openssl rand -base64 64' prints on one line");
  }
}

void CheckAccounts(EmulatorOptions& options) {
  CheckAccountName("account", options.account);
  if (options.account_key.empty()) options.account_key = storage::kDevelopmentKey;
  CheckAccountKey("account_key", options.account_key);
  for (const auto& account : options.accounts) {
    CheckAccountName("accounts", account.name);
    if (account.keys.empty()) Refuse("accounts", account.name, "it must have a key");
    for (const auto& key : account.keys) CheckAccountKey("accounts", key);
  }
}

void CheckPermissions(const std::string& permissions) {
  constexpr std::string_view kLetters = "racwdl";
  std::size_t at = 0;
  for (const char letter : permissions) {
    const auto next = kLetters.find(letter, at);
    if (next == std::string_view::npos) {
      Refuse("upload_permissions", permissions,
             "it must be letters out of 'racwdl', each once and in that order");
    }
    at = next + 1;
  }
  if (permissions.empty())
    Refuse("upload_permissions", "", "it must allow something, such as 'rw'");
}

bool IsOrigin(std::string_view origin) {
  const auto end = origin.find("://");
  if (end == std::string_view::npos || end == 0) return false;
  const auto scheme = origin.substr(0, end);
  return std::all_of(
             scheme.begin(), scheme.end(),
             [](char c) { return IsAlphanumeric(c) || c == '+' || c == '-' || c == '.'; }) &&
         http::IsAuthority(origin.substr(end + 3));
}

void CheckOrigins(const std::string& origins) {
  for (const auto part : Split(origins, ',')) {
    const auto origin = Trim(part);
    if (origin != "local" && origin != "*" && !IsOrigin(origin)) {
      Refuse(
          "cors_origins", origins,
          "it must be 'local', '*' or origins such as https://app.example,http://localhost:3000");
    }
  }
}

// An empty secret would let everybody in, and one with blanks cannot be sent in a header.
void CheckSecret(std::string_view field, const std::optional<std::string>& secret) {
  if (!secret) return;
  if (secret->empty()) Refuse(field, "", "give a value, or leave it out to demand none");
  const auto is_visible = [](char letter) { return letter > ' ' && letter < '\x7F'; };
  if (!std::all_of(secret->begin(), secret->end(), is_visible)) {
    Refuse(field, *secret, "use letters, digits and punctuation only, without blanks");
  }
}

void CheckAdminHosts(const std::vector<std::string>& hosts) {
  for (const auto& host : hosts) {
    if (host.empty()) Refuse("admin_hosts", "", "each must be a host name, such as ci.example");
  }
}

void CheckTls(const EmulatorOptions& options) {
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    const bool no_key = options.tls_key.empty();
    Refuse(no_key ? "tls_key" : "tls_certificate", "",
           "a certificate and its key are given together, or neither");
  }
  if (options.tls_self_signed && !options.tls_certificate.empty()) {
    Refuse("tls_self_signed", "true", "it excludes a certificate of one's own");
  }
  if (!options.tls_ca_file.empty() && !options.tls_self_signed) {
    Refuse("tls_ca_file", options.tls_ca_file.string(),
           "there is an authority only with tls_self_signed (--tls-self-signed)");
  }
}

void CheckMedia(const EmulatorOptions& options) {
  if (options.media_limit == 0 || options.media_limit > kLargestMediaLimit) {
    Refuse("media_limit", std::to_string(options.media_limit),
           "it must be from 1 byte to 1 PiB, such as 2GiB");
  }
  if (options.media_timeout.count() <= 0 || options.media_timeout > kLongestProcessing) {
    Refuse("media_timeout", std::to_string(options.media_timeout.count()) + "ms",
           "it must be from 1ms to 8760h");
  }
}

}  // namespace

EmulatorOptions Checked(EmulatorOptions options) {
  const bool bracketed = options.host.starts_with('[') && options.host.ends_with(']');
  if (bracketed) options.host = options.host.substr(1, options.host.size() - 2);
  const bool is_ipv6 = options.host.find(':') != std::string::npos;
  if (!http::IsAuthority(is_ipv6 ? '[' + options.host + ']' : options.host)) {
    Refuse("host", options.host, "it must be a host name or an address");
  }
  CheckPort("port", options.port);
  if (options.blob_port) CheckPort("blob_port", *options.blob_port);
  if (options.blob_port && *options.blob_port != 0 && *options.blob_port == options.port) {
    Refuse("blob_port", std::to_string(options.port),
           "it must differ from port; leave it out to share one");
  }
  if (options.processing_time.count() < 0 || options.processing_time > kLongestProcessing) {
    Refuse("processing_time", std::to_string(options.processing_time.count()) + "ms",
           "it must be from 0s to 8760h");
  }
  CheckMedia(options);
  CheckAccounts(options);
  CheckUrl("external_url", options.external_url);
  CheckUrl("blob_external_url", options.blob_external_url);
  CheckPermissions(options.upload_permissions);
  CheckOrigins(options.cors_origins);
  if (!storage::CopySources::IsList(options.copy_sources)) {
    Refuse("copy_sources", options.copy_sources,
           "it must be hosts such as blobs.example:9000 or URLs such as https://blobs.example/a/");
  }
  CheckTls(options);
  CheckSecret("require_auth", options.require_auth);
  CheckSecret("admin_token", options.admin_token);
  CheckAdminHosts(options.admin_hosts);
  if (options.log_level != "off" && !ParseLogLevel(options.log_level)) {
    Refuse("log_level", options.log_level, "it must be debug, info, warning, error or off");
  }
  if (options.soft_delete_days < 0 || options.soft_delete_days > kMostSoftDeleteDays) {
    Refuse("soft_delete_days", std::to_string(options.soft_delete_days),
           "it must be from 0 (nothing is kept) to 365");
  }
  const auto frozen_at = ParseIso8601(options.frozen_at);
  if (!options.frozen_at.empty() && !(frozen_at && control::IsClockInstant(*frozen_at))) {
    Refuse("frozen_at", options.frozen_at, "it must be " + std::string(control::kClockInstants));
  }
  if (options.strict && options.loose) Refuse("loose", "true", "it contradicts strict; choose one");
  return options;
}

}  // namespace msc
