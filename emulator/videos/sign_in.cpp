#include "emulator/videos/sign_in.h"

#include <algorithm>

#include "emulator/base/crypto.h"
#include "emulator/base/text.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

bool HasCookie(std::string_view cookies, std::string_view name, std::string_view value) {
  for (const auto part : Split(cookies, ';')) {
    const auto cookie = Trim(part);
    const auto equals = cookie.find('=');
    if (equals == std::string_view::npos || cookie.substr(0, equals) != name) continue;
    if (SameBytes(cookie.substr(equals + 1), value)) return true;
  }
  return false;
}

}  // namespace

bool IsSignedIn(const http::Request& request, std::string_view token) {
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
    if (EqualsIgnoringCase(header.name, "Cookie")) {
      return HasCookie(header.value, wire::kSignIn, token);
    }
    return EqualsIgnoringCase(header.name, wire::kSignIn) && SameBytes(header.value, token);
  });
}

}  // namespace msc::videos
