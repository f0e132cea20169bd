#include "emulator/playback/answers.h"

#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/json_text.h"
#include "emulator/http/cors.h"
#include "emulator/http/http_error.h"
#include "emulator/playback/playback_error.h"

namespace msc::playback {
namespace {

constexpr std::string_view kMethods = "GET, HEAD, OPTIONS";
constexpr std::string_view kExposed =
    "Content-Length, Content-Range, Accept-Ranges, ETag, Last-Modified, Date";

void AddText(http::Headers& headers, std::string_view name, std::string_view value) {
  headers.push_back({std::string(name), std::string(value)});
}

http::Response ErrorAnswer(int status, std::string_view code, std::string_view message) {
  http::Response response{.status = status};
  // The message may quote bytes of the client that are not UTF-8.
  const auto text = IsUtf8(message) ? message : http::StandardReason(status);
  response.body =
      "{\"Error\":" + JsonText().Text("Code", code).Text("Message", text).Finish() + '}';
  AddText(response.headers, "Content-Length", std::to_string(response.body.size()));
  AddText(response.headers, "Content-Type", "application/json; charset=utf-8");
  return response;
}

std::string_view CodeOfHttp(http::HttpError error) {
  if (error == http::HttpError::kRouteNotFound) return "NotFound";
  if (error == http::HttpError::kMethodNotAllowed) return "MethodNotAllowed";
  return error == http::HttpError::kInternalError ? "InternalError" : "MalformedRequest";
}

}  // namespace

http::Response RenderError(const http::Request& /*request*/, const Error& error) {
  const auto playback = error.code.As<PlaybackError>();
  if (!playback) {
    const auto general = http::ToHttpError(error.code);
    auto response = ErrorAnswer(http::StatusOf(general), CodeOfHttp(general), error.message);
    if (error.fact<AllowedMethods>()) AddText(response.headers, "Allow", http::AllowValue(error));
    return response;
  }
  auto response = ErrorAnswer(StatusOf(*playback), CodeOf(*playback), error.message);
  if (const auto* size = error.fact<ResourceSize>()) {
    AddText(response.headers, "Content-Range", "bytes */" + std::to_string(size->bytes));
  }
  return response;
}

http::Response RenderInjectedError(const http::Request& /*request*/, int status,
                                   std::string_view code) {
  return ErrorAnswer(status, code.empty() ? "InternalError" : code, http::StandardReason(status));
}

Result<std::optional<http::Response>> AnswerPreflight(const http::Request& request) {
  if (request.method != http::Method::kOptions) return std::optional<http::Response>();
  auto response = http::OptionsForAnyOrigin(request, kMethods);
  AddText(response.headers, "Content-Length", "0");
  return std::optional(std::move(response));
}

void Complete(const http::Request& request, http::Response& response, std::string_view date) {
  http::Headers headers;
  headers.reserve(response.headers.size() + 4);
  AddText(headers, "Cache-Control", "no-cache");
  for (auto& header : response.headers) headers.push_back(std::move(header));
  if (request.header(http::kOrigin)) {
    AddText(headers, http::kAllowOrigin, "*");
    AddText(headers, http::kExposeHeaders, kExposed);
  }
  AddText(headers, "Date", date);
  response.headers = std::move(headers);
}

}  // namespace msc::playback
