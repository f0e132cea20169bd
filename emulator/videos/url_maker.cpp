#include "emulator/videos/url_maker.h"

#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/videos/printable.h"

namespace msc::videos {
namespace {

constexpr std::string_view kSchemeEnd = "://";

// Scheme and authority of a URL, such as "https" and "host:port".
struct Origin {
  std::string scheme;
  std::string authority;
};

Origin OriginOf(std::string_view url) {
  const auto scheme_end = url.find(kSchemeEnd);
  if (scheme_end == std::string_view::npos) return {"http", std::string(url)};
  const auto rest = url.substr(scheme_end + kSchemeEnd.size());
  return {std::string(url.substr(0, scheme_end)), std::string(rest.substr(0, rest.find('/')))};
}

std::string HostOf(const std::string& authority) {
  return http::Request{.authority = authority}.host();
}

std::string WithPort(const std::string& authority, int port) {
  const std::string host = HostOf(authority);
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

}  // namespace

UrlMaker::UrlMaker(const VideoServiceOptions& options, std::string account)
    : options_(options), account_(std::move(account)) {}

std::string UrlMaker::Base(const http::Request& request) const {
  return options_.external_url.empty() ? request.base_url() : options_.external_url;
}

std::string UrlMaker::BlobBase(const http::Request& request) const {
  if (!options_.blob_external_url.empty()) return options_.blob_external_url;
  const std::string base = Base(request);
  if (options_.blob_port == 0) return base + '/' + account_;
  const auto [scheme, authority] = OriginOf(base);
  return scheme + std::string(kSchemeEnd) + WithPort(authority, options_.blob_port) + '/' +
         account_;
}

std::string UrlMaker::Host(const http::Request& request) const {
  return HostOf(OriginOf(Base(request)).authority);
}

std::string UrlMaker::Outgoing(const http::Request& request) const {
  std::string_view path = request.path();
  if (path.ends_with('/')) path.remove_suffix(1);
  std::string url = Base(request);
  for (const auto part : {path, std::string_view(request.target).substr(request.path().size())}) {
    for (const char c : part) url += IsVisible(c) ? std::string(1, c) : PercentEncode({&c, 1});
  }
  return url;
}

}  // namespace msc::videos
