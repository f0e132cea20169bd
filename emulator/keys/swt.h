#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/result.h"

namespace msc::keys {

// What a token allows: to fetch one key until an instant.
struct Grant {
  std::string key_id;

  // The host that serves the key, without port.
  std::string host;

  // The first second at which the token is not valid any more.
  std::chrono::sys_seconds expires;
};

// The claims of a Simple Web Token, "urn%3a…contentkeyidentifier=…&…&Issuer=…": the text that is
// signed.
std::string TextToSign(const Grant& grant);

// `text` followed by its signature, "…&HMACSHA256=…". Without "Bearer=".
std::string SignToken(std::string_view text, const HmacKey& signing_key);

// Whether `token` (as received, without "Bearer=") was signed with `signing_key`, grants `key_id`
// and has not expired at `now`. The signature is checked first, over the bytes received and in
// constant time. kTokenRefused, with the reason.
Status CheckToken(std::string_view token, const HmacKey& signing_key, std::string_view key_id,
                  Time now);

}  // namespace msc::keys
