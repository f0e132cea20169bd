#include "emulator/control/api/problem.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "emulator/http/status.h"

namespace msc::control {
namespace {

// What is quoted may be no UTF-8.
constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;

// What to do about a refusal.
std::string_view HintFor(RefusalCode code) {
  switch (code.As<ErrorCode>().value_or(ErrorCode::kInternalError)) {
    case ErrorCode::kMalformedRequest:
      return "send a well-formed HTTP/1.1 body";
    case ErrorCode::kBodyTooLarge:
      return "send less";
    case ErrorCode::kRequestTimeout:
      return "send the body without long pauses";
    case ErrorCode::kRouteNotFound:
      return "GET /__admin/openapi.json lists what is here";
    case ErrorCode::kMethodNotAllowed:
      return "use one of the methods that Allow names";
    case ErrorCode::kHostForbidden:
      return "use localhost or 127.0.0.1, or start with --admin-hosts NAME";
    case ErrorCode::kOriginForbidden:
      return "call it from outside a page";
    case ErrorCode::kMediaTypeUnsupported:
      return "add -H 'Content-Type: application/json'";
    case ErrorCode::kNoFreeThread:
      return "try again when fewer clients are waiting";
    case ErrorCode::kParameterInvalid:
    case ErrorCode::kControlInvalid:
    case ErrorCode::kProgramInvalid:
      return "GET /__admin/openapi.json lists what is here, README's chapter on tests shows bodies";
    case ErrorCode::kControlNotFound:
      return "it may have been removed, or never made; lists and POST tell the names there are";
    case ErrorCode::kVideoNotFound:
      return "GET /__admin/videos lists those that there are";
    case ErrorCode::kVideoEnded:
      return "PUT its state first";
    case ErrorCode::kVideoExists:
      return "choose another Id, or leave it out";
    case ErrorCode::kArchiveInvalid:
      return "send what GET /__admin/state gave, whole, as application/x-tar";
    case ErrorCode::kShutdownRefused:
      return "end the process that the emulator lives in";
    case ErrorCode::kAdminTokenRefused:
      return "the token is the one given as --admin-token";
    default:
      return "read the emulator's log";
  }
}

}  // namespace

http::Response Problem(const Error& error) {
  const int status = http::StatusOf(error.code);
  const nlohmann::ordered_json body = {{"title", http::StandardReason(status)},
                                       {"status", status},
                                       {"detail", error.message},
                                       {"hint", HintFor(error.code)}};
  http::Response response{.status = status, .body = body.dump(-1, ' ', false, kReplace)};
  response.headers = {{"Content-Type", "application/problem+json"}};
  if (error.code == ErrorCode::kMethodNotAllowed) {
    response.headers.push_back({"Allow", error.message});
  }
  return response;
}

}  // namespace msc::control
