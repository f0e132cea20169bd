#pragma once

#include <string>
#include <string_view>

#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::keys::wire {

// Names of a token's claims before encoding, and their constant values. Source: "Video", section
// about AuthorizationToken, Azure Media Services Connector REST API Reference, Microsoft,
// https://msdn.microsoft.com/en-us/library/azure/mt269946.aspx
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

// Where the token is in a request: `Authorization: Bearer <t>` or `Bearer=<t>`, `token=<t>`.
inline constexpr std::string_view kBearer = "Bearer";
inline constexpr std::string_view kBearerPrefix = "Bearer=";
inline constexpr std::string_view kAuthorization = "Authorization";
inline constexpr std::string_view kTokenParameter = "token";
inline constexpr std::string_view kKeyIdParameter = "kid";

// The response with `key`.
http::Response KeyAnswer(std::string key);

// The response to OPTIONS: the allowed methods, and for a preflight of a page the headers that
// allow the request.
http::Response OptionsAnswer(const http::Request& request);

// {"Error":{"Code":…,"Message":…}} with the status of the error.
http::Response RenderError(const http::Request& request, const Error& error);

// The response to an injected error.
http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code);

// Adds the headers that all responses share, and puts all headers into their order.
void Complete(const http::Request& request, http::Response& response, std::string_view date);

}  // namespace msc::keys::wire
