#include "emulator/dashboard/content_policy.h"

#include <string_view>

namespace msc::dashboard {
namespace {

constexpr std::string_view kSchemeEnd = "://";

// "https://host:port" of an absolute URL.
std::string OriginOf(std::string_view url) {
  const auto scheme_end = url.find(kSchemeEnd);
  if (scheme_end == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find('/', scheme_end + kSchemeEnd.size())));
}

// The request's host with the blob endpoint's port. A policy cannot name an IPv6 address.
std::string BlobOrigin(const http::Request& request, int port) {
  const auto host = request.host();
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return request.scheme + "://" + (is_ipv6 ? "*" : host) + ':' + std::to_string(port);
}

// Each with a blank in front.
std::string OtherOrigins(const http::Request& request, const PageOrigins& origins) {
  std::string others;
  if (!origins.external_url.empty()) others += ' ' + OriginOf(origins.external_url);
  if (!origins.blob_external_url.empty()) {
    others += ' ' + OriginOf(origins.blob_external_url);
  } else if (origins.blob_port != 0) {
    others += ' ' + BlobOrigin(request, origins.blob_port);
  }
  return others;
}

}  // namespace

std::string ContentPolicy(const http::Request& request, const PageOrigins& origins) {
  const std::string others = OtherOrigins(request, origins);
  return "default-src 'self'; connect-src 'self'" + others + "; img-src 'self' blob:" + others +
         "; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types manifest";
}

}  // namespace msc::dashboard
