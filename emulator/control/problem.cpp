#include "emulator/control/problem.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace msc::control {
namespace {

// What is quoted may be no UTF-8.
constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;

struct Row {
  int status;
  std::string_view hint;
};

Row ToRow(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformedRequest:
      return {400, "send a well-formed HTTP/1.1 body"};
    case ErrorCode::kBodyTooLarge:
      return {413, "send less"};
    case ErrorCode::kRequestTimeout:
      return {408, "send the body without long pauses"};
    case ErrorCode::kLengthRequired:
      return {411, "send Content-Length"};
    case ErrorCode::kRouteNotFound:
      return {404, "GET /__admin/health and /__admin/ready are here"};
    case ErrorCode::kMethodNotAllowed:
      return {405, "use one of the methods that Allow names"};
    case ErrorCode::kClientGone:
      return {400, "keep the connection open until the answer is there"};
    case ErrorCode::kFault:
      return {500, "read the emulator's log"};
    case ErrorCode::kHostForbidden:
      return {403, "use localhost or 127.0.0.1, or start with --admin-hosts NAME"};
    case ErrorCode::kOriginForbidden:
      return {403, "call it from outside a page"};
    case ErrorCode::kMediaTypeUnsupported:
      return {415, "add -H 'Content-Type: application/json'"};
    case ErrorCode::kAdminTokenRefused:
      return {401, "the token is the one given as --admin-token"};
    // Refusals that other subjects make.
    case ErrorCode::kVideoUnreadable:
    case ErrorCode::kModeNotSupported:
    case ErrorCode::kVideoNotFound:
    case ErrorCode::kVideoNotReady:
    case ErrorCode::kNothingUploaded:
    case ErrorCode::kKeyIdMalformed:
    case ErrorCode::kKeyNotFound:
    case ErrorCode::kParameterInvalid:
    case ErrorCode::kSignInRequired:
    case ErrorCode::kTokenRefused:
    case ErrorCode::kAccountNotFound:
    case ErrorCode::kAuthenticationFailed:
    case ErrorCode::kNoAuthenticationInformation:
    case ErrorCode::kAuthorizationPermissionMismatch:
    case ErrorCode::kResourceNotFound:
    case ErrorCode::kContainerNotFound:
    case ErrorCode::kContainerAlreadyExists:
    case ErrorCode::kBlobNotFound:
    case ErrorCode::kInvalidResourceName:
    case ErrorCode::kInvalidUri:
    case ErrorCode::kInvalidInput:
    case ErrorCode::kInvalidHeaderValue:
    case ErrorCode::kMissingRequiredHeader:
    case ErrorCode::kInvalidQueryParameterValue:
    case ErrorCode::kInvalidMd5:
    case ErrorCode::kMd5Mismatch:
    case ErrorCode::kInvalidMetadata:
    case ErrorCode::kMetadataTooLarge:
    case ErrorCode::kUnauthorizedBlobOverwrite:
    case ErrorCode::kCorsPreflightFailure:
      break;
  }
  throw std::logic_error("no refusal of the control API");
}

}  // namespace

http::Response Problem(const Error& error) {
  const auto [status, hint] = ToRow(error.code);
  const nlohmann::ordered_json body = {{"title", http::StandardReason(status)},
                                       {"status", status},
                                       {"detail", error.message},
                                       {"hint", hint}};
  http::Response response{.status = status, .body = body.dump(-1, ' ', false, kReplace)};
  response.headers = {{"Content-Type", "application/problem+json"}};
  if (error.code == ErrorCode::kMethodNotAllowed) {
    response.headers.push_back({"Allow", error.message});
  }
  return response;
}

}  // namespace msc::control
