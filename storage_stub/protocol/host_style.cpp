#include "storage_stub/protocol/host_style.h"

#include <algorithm>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"

namespace msc::storage {
namespace {

constexpr std::string_view kService = "blob.";
constexpr std::string_view kWebsite = "web.";
constexpr std::string_view kLocalHost = ".localhost";
constexpr std::string_view kRoot = "/$root/";
constexpr std::string_view kSecondary = "-secondary";

bool IsInHost(std::string_view account, const http::Request& routed) {
  return PrimaryName(AccountInHost(routed)) == account ||
         PrimaryName(AccountInLocalHost(routed)) == account;
}

}  // namespace

std::string AccountInHost(const http::Request& request) {
  const std::string host = ToLower(request.host());
  const auto dot = host.find('.');
  if (dot == std::string::npos || !host.substr(dot + 1).starts_with(kService)) return {};
  return host.substr(0, dot);
}

std::string AccountInLocalHost(const http::Request& request) {
  std::string host = ToLower(request.host());
  if (!host.ends_with(kLocalHost)) return {};
  host.resize(host.size() - kLocalHost.size());
  return host.find('.') == std::string::npos ? host : std::string();
}

std::string WebsiteInHost(const http::Request& request) {
  const std::string host = request.host();
  const auto dot = std::min(host.find('.'), host.size());
  std::string_view rest = std::string_view(host).substr(std::min(dot + 1, host.size()));
  if (rest.starts_with('z')) {  // The zone of the account: a number.
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!EqualsIgnoringCase(rest.substr(0, kWebsite.size()), kWebsite)) return {};
  return ToLower(host.substr(0, dot));
}

std::string_view PrimaryName(std::string_view account) {
  if (account.ends_with(kSecondary)) account.remove_suffix(kSecondary.size());
  return account;
}

std::string AccountInPath(const http::Request& routed) {
  const auto path = routed.path().substr(std::min<std::size_t>(1, routed.path().size()));
  return PercentDecode(path.substr(0, path.find('/'))).value_or("");
}

bool IsSecondary(const http::Request& routed) {
  return AccountInPath(routed).ends_with(kSecondary);
}

std::string ResourcePath(const http::Request& routed, std::string_view account) {
  std::string path(routed.path());
  if (IsSecondary(routed)) {
    const auto end = std::min(path.find('/', 1), path.size());
    path.replace(0, end, '/' + std::string(account));
  }
  return IsInHost(account, routed) ? path : '/' + std::string(account) + path;
}

std::string ResourcePathAsSent(const http::Request& routed, std::string_view account) {
  return '/' + std::string(account) + std::string(routed.path());
}

std::string ResourcePathInRoot(const http::Request& routed, std::string_view account) {
  std::string path = ResourcePath(routed, account);
  const auto root = path.find(kRoot);
  return root == std::string::npos ? path : path.erase(root, kRoot.size() - 1);
}

std::string ServiceEndpoint(const http::Request& routed, std::string_view account) {
  const std::string base = routed.base_url() + '/';
  return IsInHost(account, routed) ? base : base + AccountInPath(routed) + '/';
}

}  // namespace msc::storage
