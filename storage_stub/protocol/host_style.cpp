#include "storage_stub/protocol/host_style.h"

#include "emulator/base/text.h"

namespace msc::storage {
namespace {

constexpr std::string_view kService = "blob.";

}  // namespace

std::string AccountInHost(const http::Request& request) {
  const std::string host = ToLower(request.host());
  const auto dot = host.find('.');
  if (dot == std::string::npos || !host.substr(dot + 1).starts_with(kService)) return {};
  return host.substr(0, dot);
}

std::string ResourcePath(const http::Request& routed, std::string_view account) {
  const std::string path(routed.path());
  return AccountInHost(routed) == account ? path : '/' + std::string(account) + path;
}

std::string ServiceEndpoint(const http::Request& routed, std::string_view account) {
  const std::string base = routed.base_url() + '/';
  return AccountInHost(routed) == account ? base : base + std::string(account) + '/';
}

}  // namespace msc::storage
