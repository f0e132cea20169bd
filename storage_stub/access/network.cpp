#include "storage_stub/access/network.h"

#include <arpa/inet.h>

#include <cstdint>
#include <optional>
#include <utility>

#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kLoopback4 = "127.0.0.1";
constexpr std::string_view kLoopback6 = "::1";
constexpr std::string_view kMappedPrefix = "::ffff:";
constexpr std::string_view kHttpsOnly = "https";
constexpr std::string_view kBoth = "https,http";

std::optional<std::uint32_t> ParseAddress(std::string_view text) {
  if (text == kLoopback6) text = kLoopback4;
  if (text.starts_with(kMappedPrefix)) text.remove_prefix(kMappedPrefix.size());
  in_addr address{};
  if (::inet_pton(AF_INET, std::string(text).c_str(), &address) != 1) return std::nullopt;
  return ntohl(address.s_addr);
}

using Range = std::pair<std::uint32_t, std::uint32_t>;

std::optional<Range> ParseRange(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = ParseAddress(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : ParseAddress(text.substr(dash + 1));
  if (!first || !last) return std::nullopt;
  return Range(*first, *last);
}

}  // namespace

bool IsAddressRange(std::string_view range) { return range.empty() || ParseRange(range); }

bool IsProtocols(std::string_view protocols) {
  return protocols.empty() || protocols == kHttpsOnly || protocols == kBoth;
}

Status CheckNetwork(const http::Request& request, std::string_view range,
                    std::string_view protocols) {
  if (protocols == kHttpsOnly && request.scheme != kHttpsOnly) {
    return Error{
        .code = StorageError::kAuthorizationProtocolMismatch,
        .message = "the signature is for https alone",
        .facts = CredentialMismatch{{RequestField::Place::kQuery,
                                     std::string(wire::kSignedProtocol), std::string(protocols)},
                                    "https,http, or a request by https"}};
  }
  if (range.empty()) return Done{};
  const auto allowed = ParseRange(range);
  const auto client = ParseAddress(request.client_address);
  if (allowed && client && *client >= allowed->first && *client <= allowed->second) return Done{};
  return Error{.code = StorageError::kAuthorizationSourceIpMismatch,
               .message = "the signature is for " + std::string(range) +
                          ", and the request comes from " + request.client_address,
               .facts = ClientAddress{request.client_address}};
}

}  // namespace msc::storage
