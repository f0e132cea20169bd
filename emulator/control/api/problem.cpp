#include "emulator/control/api/problem.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "emulator/control/error/control_error.h"
#include "emulator/http/http_error.h"
#include "emulator/processing/program_error.h"
#include "emulator/videos/video_error.h"

namespace msc::control {
namespace {

// A quoted value may contain bytes that are not UTF-8.
constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;

constexpr std::string_view kBodies =
    "GET /__admin/openapi.json describes every body, with examples";
constexpr std::string_view kNoHint = "read the emulator's log";

// What to do about an error.
std::string_view HintFor(http::HttpError error) {
  switch (error) {
    case http::HttpError::kMalformedRequest:
      return "send a well-formed HTTP/1.1 body";
    case http::HttpError::kBodyTooLarge:
      return "send less";
    case http::HttpError::kRequestTimeout:
      return "send the body without long pauses";
    case http::HttpError::kRouteNotFound:
    case http::HttpError::kOtherPort:
      return "GET /__admin/openapi.json lists what is here";
    case http::HttpError::kMethodNotAllowed:
      return "use one of the methods that Allow names";
    case http::HttpError::kLengthRequired:
    case http::HttpError::kInternalError:
    case http::HttpError::kClientGone:
      return kNoHint;
  }
  return kNoHint;
}

std::string_view HintFor(ControlError error) {
  switch (error) {
    case ControlError::kHostForbidden:
      return "use localhost or 127.0.0.1, or start with --admin-hosts NAME";
    case ControlError::kOriginForbidden:
      return "call it from outside a page";
    case ControlError::kMediaTypeUnsupported:
      return "add -H 'Content-Type: application/json'";
    case ControlError::kAdminTokenRefused:
      return "the token is the one given as --admin-token";
    case ControlError::kArchiveInvalid:
      return "send what GET /__admin/state gave, whole, as application/x-tar";
    case ControlError::kInvalidArgument:
      return kBodies;
    case ControlError::kLimitReached:
      return "DELETE what is not needed any more; the README of the control API lists the limits";
    case ControlError::kNotFound:
      return "it may have been removed, or never made; lists and POST tell the names there are";
    case ControlError::kShutdownRefused:
      return "end the process that the emulator lives in";
    case ControlError::kNoFreeThread:
      return "try again when fewer clients are waiting";
  }
  return kNoHint;
}

std::string_view HintFor(processing::ProgramError error) {
  switch (error) {
    case processing::ProgramError::kProgramInvalid:
      return kBodies;
    case processing::ProgramError::kVideoEnded:
      return "PUT its state first";
  }
  return kNoHint;
}

std::string_view HintFor(videos::VideoError error) {
  switch (error) {
    case videos::VideoError::kVideoNotFound:
      return "GET /__admin/videos lists those that there are";
    case videos::VideoError::kVideoExists:
      return "choose another Id, or leave it out";
    case videos::VideoError::kParameterInvalid:
      return kBodies;
    case videos::VideoError::kVideoUnreadable:
    case videos::VideoError::kModeNotSupported:
    case videos::VideoError::kVideoNotReady:
    case videos::VideoError::kNothingUploaded:
    case videos::VideoError::kKeyIdMalformed:
    case videos::VideoError::kKeyNotFound:
    case videos::VideoError::kSignInRequired:
    case videos::VideoError::kOriginNotAllowed:
      return kNoHint;
  }
  return kNoHint;
}

struct StatusAndHint {
  int status;
  std::string_view hint;
};

// The status and the hint of any error that the control API can return.
StatusAndHint Describe(ErrorCode code) {
  const auto describe = [](auto error) { return StatusAndHint{StatusOf(error), HintFor(error)}; };
  if (const auto control = code.As<ControlError>()) return describe(*control);
  if (const auto program = code.As<processing::ProgramError>()) return describe(*program);
  if (const auto video = code.As<videos::VideoError>()) return describe(*video);
  return describe(http::ToHttpError(code));
}

}  // namespace

std::string_view HintOf(const Error& error) { return Describe(error.code).hint; }

http::Response Problem(const Error& error) {
  const auto [status, hint] = Describe(error.code);
  const nlohmann::ordered_json body = {{"title", http::StandardReason(status)},
                                       {"status", status},
                                       {"detail", error.message},
                                       {"hint", hint}};
  http::Response response{.status = status, .body = body.dump(-1, ' ', false, kReplace)};
  response.headers = {{"Content-Type", "application/problem+json"}};
  if (error.fact<AllowedMethods>()) {
    response.headers.push_back({"Allow", http::AllowValue(error)});
  }
  return response;
}

}  // namespace msc::control
