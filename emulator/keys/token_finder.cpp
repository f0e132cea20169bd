#include "emulator/keys/token_finder.h"

#include <optional>
#include <string_view>

#include "emulator/base/text.h"
#include "emulator/keys/key_error.h"
#include "emulator/keys/wire.h"

namespace msc::keys {
namespace {

bool StartsWith(std::string_view text, std::string_view start) {
  return EqualsIgnoringCase(text.substr(0, start.size()), start);
}

std::string WithoutPrefix(std::string_view token) {
  if (StartsWith(token, wire::kBearerPrefix)) token.remove_prefix(wire::kBearerPrefix.size());
  return std::string(token);
}

// The part after the scheme in an Authorization header; nullopt if the scheme is another one.
std::optional<std::string_view> Credentials(std::string_view header) {
  if (!StartsWith(header, wire::kBearer)) return std::nullopt;
  header.remove_prefix(wire::kBearer.size());
  if (header.starts_with('=')) return header.substr(1);
  if (header.starts_with(' ')) return Trim(header);
  return std::nullopt;
}

}  // namespace

Result<std::string> FindToken(const http::Request& request) {
  if (const auto header = request.header(wire::kAuthorization)) {
    if (const auto credentials = Credentials(*header)) return WithoutPrefix(*credentials);
  }
  if (const auto token = request.parameter(wire::kTokenParameter)) {
    return WithoutPrefix(Credentials(*token).value_or(*token));
  }
  return Error{KeyError::kTokenRefused,
               "no token came with the request: send the header Authorization: Bearer <token>, or "
               "the query parameter token"};
}

}  // namespace msc::keys
