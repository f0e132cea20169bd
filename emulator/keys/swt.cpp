#include "emulator/keys/swt.h"

#include <cstdint>
#include <map>
#include <utility>

#include "emulator/base/crypto.h"
#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/keys/key_error.h"
#include "emulator/keys/wire.h"

namespace msc::keys {
namespace {

using std::chrono::seconds;
using Claims = std::map<std::string, std::string>;

// 9999-12-31T23:59:59Z. Later times are not valid dates, and their milliseconds may overflow.
constexpr std::uint64_t kLastMoment = 253'402'300'799;

Error Refused(std::string why) { return {KeyError::kTokenRefused, std::move(why)}; }

std::string Claim(std::string_view name, std::string_view value) {
  return DotNetUrlEncode(name) + '=' + DotNetUrlEncode(value);
}

std::string Signature(std::string_view text, const HmacKey& signing_key) {
  return Base64Encode(signing_key.Sign(text));
}

// The text before the signature, if the signature is right.
Result<std::string_view> SignedText(std::string_view token, const HmacKey& signing_key) {
  const auto mark = token.find(wire::kSignatureMark);
  if (mark == std::string_view::npos) return Refused("the token has no signature");

  const auto text = token.substr(0, mark);
  const auto received = PercentDecode(token.substr(mark + wire::kSignatureMark.size()));
  if (!received || !SameBytes(*received, Signature(text, signing_key))) {
    return Refused("the token's signature does not match");
  }
  return text;
}

Result<Claims> ParseClaims(std::string_view text) {
  Claims claims;
  for (const auto part : Split(text, '&')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return Refused("the token has a claim without a value");

    auto name = PercentDecode(part.substr(0, equals));
    auto value = PercentDecode(part.substr(equals + 1));
    if (!name || !value) return Refused("the token has a claim with a bad % escape");
    if (!claims.emplace(std::move(*name), std::move(*value)).second) {
      return Refused("the token makes a claim twice");
    }
  }
  return claims;
}

// The claim with that name; empty if there is none.
std::string_view Value(const Claims& claims, std::string_view name) {
  const auto found = claims.find(std::string(name));
  return found == claims.end() ? std::string_view() : found->second;
}

Status CheckExpiry(std::string_view expires_on, Time now) {
  const auto expires = ParseUnsigned(expires_on);
  if (!expires || *expires > kLastMoment) {
    return Refused("the token does not say in seconds when it expires");
  }
  const Time moment{seconds(*expires)};
  if (now >= moment) return Refused("the token expired at " + FormatSeconds(moment));
  return Done{};
}

}  // namespace

std::string TextToSign(const Grant& grant) {
  const auto expires_on = std::to_string(grant.expires.time_since_epoch().count());
  return Join({Claim(wire::kKeyIdClaim, grant.key_id), Claim(wire::kHostClaim, grant.host),
               Claim(wire::kIdentityProviderClaim, wire::kIdentityProvider),
               Claim(wire::kServiceAccessibleClaim, wire::kServiceAccessible),
               Claim(wire::kAudienceClaim, wire::kAudience),
               Claim(wire::kExpiresOnClaim, expires_on), Claim(wire::kIssuerClaim, wire::kIssuer)},
              '&');
}

std::string SignToken(std::string_view text, const HmacKey& signing_key) {
  std::string token(text);
  token += wire::kSignatureMark;
  return token += DotNetUrlEncode(Signature(text, signing_key));
}

Status CheckToken(std::string_view token, const HmacKey& signing_key, std::string_view key_id,
                  Time now) {
  const auto text = SignedText(token, signing_key);
  if (!text) return text.error();
  const auto claims = ParseClaims(*text);
  if (!claims) return claims.error();

  if (Value(*claims, wire::kIssuerClaim) != wire::kIssuer) {
    return Refused("the token is of another issuer");
  }
  if (Value(*claims, wire::kAudienceClaim) != wire::kAudience) {
    return Refused("the token is for another audience");
  }
  if (auto valid = CheckExpiry(Value(*claims, wire::kExpiresOnClaim), now); !valid) return valid;
  if (!EqualsIgnoringCase(Value(*claims, wire::kKeyIdClaim), key_id)) {
    return Refused("the token is for another key");
  }
  return Done{};
}

}  // namespace msc::keys
