#include "storage_stub/access/token_check.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kHttps = "https";

// Of all clouds; a tenant follows.
constexpr std::array<std::string_view, 8> kIssuers = {
    "https://sts.windows.net/",          "https://login.microsoftonline.com/",
    "https://login.microsoftonline.us/", "https://login.partner.microsoftonline.cn/",
    "https://login.chinacloudapi.cn/",   "https://sts.microsoftonline.de/",
    "https://sts.chinacloudapi.cn/",     "https://sts.windows-ppe.net/"};

// The service as a whole: its URL, and its id.
constexpr std::array<std::string_view, 2> kAudiences = {"https://storage.azure.com",
                                                        "e406a681-f3d4-42a8-90b6-c2b029497af1"};

// The host of an account follows its name.
constexpr std::array<std::string_view, 4> kBlobDomains = {
    ".blob.core.windows.net", ".blob.core.usgovcloudapi.net", ".blob.core.chinacloudapi.cn",
    ".blob.core.cloudapi.de"};

// The header without the token, which is a secret.
RequestField TokenField(const std::string& claim) {
  return {RequestField::Place::kHeader, wire::kAuthorization, "Bearer <token with " + claim + '>'};
}

Error Rejected(const http::Request& request, std::string why, const std::string& claim,
               std::string expected) {
  Error error = AuthenticationFailed(std::move(why), TokenField(claim),
                                     "Bearer <" + std::move(expected) + '>');
  if (RequestedVersion(request) >= kBearerChallenge) error.code = StorageError::kInvalidToken;
  return error;
}

std::string_view TokenOf(const http::Request& request) {
  const auto header = request.header(wire::kAuthorization).value_or("");
  return Trim(header.substr(std::min(header.find(' '), header.size())));
}

bool IsIssuer(std::string_view issuer) {
  return std::any_of(kIssuers.begin(), kIssuers.end(),
                     [&](std::string_view known) { return issuer.starts_with(known); });
}

bool IsAudience(std::string_view audience, std::string_view account) {
  if (audience.ends_with('/')) audience.remove_suffix(1);
  const std::string own = "https://" + std::string(account);
  return std::find(kAudiences.begin(), kAudiences.end(), audience) != kAudiences.end() ||
         std::any_of(kBlobDomains.begin(), kBlobDomains.end(), [&](std::string_view domain) {
           return audience == own + std::string(domain);
         });
}

// The requests of a batch have no version of their own.
Status CheckTransport(const http::Request& request) {
  const auto version = RequestedVersion(request);
  if (!version.empty() && version < kTokens) {
    return AuthenticationFailed(std::string(kTokensNotSupported),
                                {RequestField::Place::kHeader, wire::kVersion, version},
                                "2017-11-09 or later");
  }
  if (request.scheme == kHttps) return Done{};
  return AuthenticationFailed("Authentication scheme Bearer is not allowed with HTTP.",
                              TokenField("any claims"), "sent by HTTPS");
}

Status CheckLifetime(const http::Request& request, const TokenClaims& claims, Time now) {
  const auto seconds = [](Time time) {
    return std::to_string(time.time_since_epoch() / std::chrono::seconds(1));
  };
  if (now < claims.not_before) {
    return Rejected(request, "Lifetime validation failed. The token is not yet valid.",
                    "nbf " + seconds(claims.not_before),
                    "token with nbf up to " + seconds(now) + ", the emulator's time");
  }
  if (now >= claims.expires) {
    return Rejected(request, "Lifetime validation failed. The token is expired.",
                    "exp " + seconds(claims.expires),
                    "token with exp after " + seconds(now) + ", the emulator's time");
  }
  return Done{};
}

}  // namespace

bool HasToken(const http::Request& request) {
  const auto header = request.header(wire::kAuthorization).value_or("");
  const auto scheme = header.substr(0, header.find(' '));
  return EqualsIgnoringCase(scheme, wire::kBearerScheme) && scheme.size() < header.size() &&
         !TokenOf(request).empty();
}

Result<TokenClaims> CheckToken(const http::Request& request, std::string_view account, Time now) {
  if (auto transport = CheckTransport(request); !transport) return transport.error();
  auto claims = ReadClaims(TokenOf(request));
  if (!claims) {
    return Rejected(request, "The token is malformed.", "no claims",
                    "JSON Web Token with iss, aud, nbf and exp");
  }
  if (!IsIssuer(claims->issuer)) {
    return Rejected(request,
                    "Issuer validation failed. Issuer did not match. The token's issuer is '" +
                        claims->issuer + "'.",
                    "iss " + claims->issuer, "token with iss https://sts.windows.net/<tenant>/");
  }
  if (!IsAudience(claims->audience, account)) {
    return Rejected(
        request,
        "Audience validation failed. Audience did not match. The token's audience is '" +
            claims->audience + "'.",
        "aud " + claims->audience, "token with aud https://storage.azure.com");
  }
  if (auto timely = CheckLifetime(request, *claims, now); !timely) return timely.error();
  return *std::move(claims);
}

}  // namespace msc::storage
