#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/result.h"

namespace msc::keys {

// What a token grants: one key until one moment.
struct Grant {
  std::string key_id;

  // Where the key is acquired, without port.
  std::string host;

  // The first second at which the token is worth nothing.
  std::chrono::sys_seconds expires;
};

// The claims of a simple web token, "urn%3a…contentkeyidentifier=…&…&Issuer=…": what the signature
// covers.
std::string TextToSign(const Grant& grant);

// `text` and behind it its signature, "…&HMACSHA256=…". No "Bearer=" in front.
std::string SignToken(std::string_view text, const HmacKey& signing_key);

// Whether `token` (as received, without "Bearer=") was signed with `signing_key`, grants `key_id`
// and has not expired at `now`. The signature is checked over the bytes received, in constant time,
// before anything they say is believed. kTokenRefused, with the reason in plain words.
Status CheckToken(std::string_view token, const HmacKey& signing_key, std::string_view key_id,
                  Time now);

}  // namespace msc::keys
