#include "emulator/keys/wire.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "emulator/http/status.h"

namespace msc::keys::wire {
namespace {

constexpr std::string_view kAllow = "Allow";
constexpr std::string_view kContentType = "Content-Type";
constexpr std::string_view kJson = "application/json; charset=utf-8";
constexpr std::string_view kAllowedMethods = "GET, HEAD, POST, OPTIONS";
constexpr std::string_view kUsualHeaders = "authorization, range";
constexpr std::string_view kPreflightSeconds = "1800";

// What the body calls a refusal.
std::string_view CodeOf(RefusalCode code) {
  switch (code.As<ErrorCode>().value_or(ErrorCode::kInternalError)) {
    case ErrorCode::kMalformedRequest:
      return "MalformedRequest";
    case ErrorCode::kKeyIdMalformed:
      return "KeyIdMalformed";
    case ErrorCode::kTokenRefused:
      return "TokenRefused";
    case ErrorCode::kKeyNotFound:
      return "KeyNotFound";
    case ErrorCode::kRouteNotFound:
      return "NotFound";
    case ErrorCode::kMethodNotAllowed:
      return "MethodNotAllowed";
    case ErrorCode::kRequestTimeout:
      return "RequestTimeout";
    case ErrorCode::kLengthRequired:
      return "LengthRequired";
    case ErrorCode::kBodyTooLarge:
      return "BodyTooLarge";
    default:  // None of the others is made here.
      return "InternalError";
  }
}

void Add(http::Headers& headers, std::string_view name, std::string_view value) {
  headers.push_back({std::string(name), std::string(value)});
}

std::string ErrorBody(std::string_view code, std::string_view message) {
  const nlohmann::ordered_json body = {{"Error", {{"Code", code}, {"Message", message}}}};
  // The message may quote bytes of the client that are no UTF-8.
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

http::Response KeyAnswer(std::string key) {
  http::Response response{.body = std::move(key)};
  Add(response.headers, kContentType, "application/octet-stream");
  return response;
}

http::Response OptionsAnswer(const http::Request& request) {
  http::Response response;
  Add(response.headers, kAllow, kAllowedMethods);
  if (!request.header("Access-Control-Request-Method")) return response;
  Add(response.headers, "Access-Control-Allow-Methods", kAllowedMethods);
  Add(response.headers, "Access-Control-Allow-Headers",
      request.header("Access-Control-Request-Headers").value_or(kUsualHeaders));
  Add(response.headers, "Access-Control-Max-Age", kPreflightSeconds);
  return response;
}

http::Response RefusalAnswer(const http::Request& request, const Error& error) {
  const int status = http::StatusOf(error.code);
  const bool bad_method = error.code == ErrorCode::kMethodNotAllowed;
  const std::string message =
      bad_method ? std::string(Name(request.method)) + " is not allowed here, but " + error.message
                 : error.message;
  http::Response response{.status = status, .body = ErrorBody(CodeOf(error.code), message)};
  Add(response.headers, kContentType, kJson);
  if (bad_method) Add(response.headers, kAllow, error.message);
  if (status == 401) Add(response.headers, "WWW-Authenticate", kBearer);
  return response;
}

http::Response InjectedErrorAnswer(const http::Request& /*request*/, int status,
                                   std::string_view code) {
  const auto reason = http::StandardReason(status);
  http::Response response{.status = status,
                          .body = ErrorBody(code.empty() ? "InternalError" : code, reason)};
  Add(response.headers, kContentType, kJson);
  return response;
}

void Complete(const http::Request& request, http::Response& response, std::string_view date) {
  http::Headers headers;
  Add(headers, "Cache-Control", "no-cache");
  Add(headers, "Content-Length", std::to_string(response.body_size()));
  for (auto& header : response.headers) headers.push_back(std::move(header));
  if (request.header("Origin")) Add(headers, "Access-Control-Allow-Origin", "*");
  Add(headers, "Date", date);
  response.headers = std::move(headers);
}

}  // namespace msc::keys::wire
