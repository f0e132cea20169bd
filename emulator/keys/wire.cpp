#include "emulator/keys/wire.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "emulator/http/cors.h"
#include "emulator/http/http_error.h"
#include "emulator/keys/key_error.h"

namespace msc::keys::wire {
namespace {

constexpr std::string_view kAllow = "Allow";
constexpr std::string_view kContentType = "Content-Type";
constexpr std::string_view kJson = "application/json; charset=utf-8";
constexpr std::string_view kAllowedMethods = "GET, HEAD, POST, OPTIONS";

// The error's code in the body.
std::string_view CodeOf(KeyError error) {
  switch (error) {
    case KeyError::kKeyIdMalformed:
      return "KeyIdMalformed";
    case KeyError::kTokenRefused:
      return "TokenRefused";
    case KeyError::kKeyNotFound:
      return "KeyNotFound";
  }
  throw std::logic_error("KeyError out of range");
}

std::string_view CodeOf(http::HttpError error) {
  switch (error) {
    case http::HttpError::kMalformedRequest:
      return "MalformedRequest";
    case http::HttpError::kRouteNotFound:
    case http::HttpError::kOtherPort:
      return "NotFound";
    case http::HttpError::kMethodNotAllowed:
      return "MethodNotAllowed";
    case http::HttpError::kRequestTimeout:
      return "RequestTimeout";
    case http::HttpError::kLengthRequired:
      return "LengthRequired";
    case http::HttpError::kBodyTooLarge:
      return "BodyTooLarge";
    case http::HttpError::kClientGone:  // No client is left to read it.
    case http::HttpError::kInternalError:
      return "InternalError";
  }
  throw std::logic_error("HttpError out of range");
}

void Add(http::Headers& headers, std::string_view name, std::string_view value) {
  headers.push_back({std::string(name), std::string(value)});
}

std::string ErrorBody(std::string_view code, std::string_view message) {
  const nlohmann::ordered_json body = {{"Error", {{"Code", code}, {"Message", message}}}};
  // The message may quote bytes of the client that are not UTF-8.
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

http::Response KeyAnswer(std::string key) {
  http::Response response{.body = std::move(key)};
  Add(response.headers, kContentType, "application/octet-stream");
  return response;
}

http::Response OptionsAnswer(const http::Request& request) {
  return http::OptionsForAnyOrigin(request, kAllowedMethods);
}

http::Response RenderError(const http::Request& /*request*/, const Error& error) {
  const auto key = error.code.As<KeyError>();
  const auto general = http::ToHttpError(error.code);
  http::Response response{.status = key ? StatusOf(*key) : http::StatusOf(general),
                          .body = ErrorBody(key ? CodeOf(*key) : CodeOf(general), error.message)};
  Add(response.headers, kContentType, kJson);
  if (error.fact<AllowedMethods>()) Add(response.headers, kAllow, http::AllowValue(error));
  if (response.status == 401) Add(response.headers, "WWW-Authenticate", kBearer);
  return response;
}

http::Response RenderInjectedError(const http::Request& /*request*/, int status,
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
  if (request.header(http::kOrigin)) Add(headers, http::kAllowOrigin, "*");
  Add(headers, "Date", date);
  response.headers = std::move(headers);
}

}  // namespace msc::keys::wire
