#pragma once

#include <string>
#include <string_view>

#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::keys::wire {

// Claims of a token, by their names before encoding, and what they always say.
// Source: the AuthorizationToken sample of the Videos reference.
inline constexpr std::string_view kKeyIdClaim =
    "urn:microsoft:azure:mediaservices:contentkeyidentifier";
inline constexpr std::string_view kHostClaim =
    "urn:microsoft:azure:mediaservices:keyacquisitionhostname";
inline constexpr std::string_view kIdentityProviderClaim =
    "http://schemas.microsoft.com/accesscontrolservice/2010/07/claims/identityprovider";
inline constexpr std::string_view kIdentityProvider =
    "https://nimbuslkgglobacs.accesscontrol.windows.net";
inline constexpr std::string_view kServiceAccessibleClaim = "urn:ServiceAccessible";
inline constexpr std::string_view kServiceAccessible = "service";
inline constexpr std::string_view kAudienceClaim = "Audience";
inline constexpr std::string_view kAudience = "urn:Nimbus";
inline constexpr std::string_view kExpiresOnClaim = "ExpiresOn";
inline constexpr std::string_view kIssuerClaim = "Issuer";
inline constexpr std::string_view kIssuer = "https://nimbuslkgglobacs.accesscontrol.windows.net/";
inline constexpr std::string_view kSignatureMark = "&HMACSHA256=";

// Where a token stands in a request: `Authorization: Bearer <t>` or `Bearer=<t>`, `token=<t>`.
inline constexpr std::string_view kBearer = "Bearer";
inline constexpr std::string_view kBearerPrefix = "Bearer=";
inline constexpr std::string_view kAuthorization = "Authorization";
inline constexpr std::string_view kTokenParameter = "token";
inline constexpr std::string_view kKeyIdParameter = "kid";

// The answer that hands out `key`.
http::Response KeyAnswer(std::string key);

// The answer to OPTIONS: what is allowed, and to a page's preflight that it may go on.
http::Response OptionsAnswer(const http::Request& request);

// {"Error":{"Code":…,"Message":…}} with the status of the error.
http::Response RenderError(const http::Request& request, const Error& error);

// The answer of a service in trouble.
http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code);

// Adds the headers that all answers share and puts them into their order.
void Complete(const http::Request& request, http::Response& response, std::string_view date);

}  // namespace msc::keys::wire
