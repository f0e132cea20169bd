#include "emulator/dashboard/dashboard_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/dashboard/assets.h"
#include "emulator/http/http_error.h"

namespace msc::dashboard {
namespace {

constexpr std::string_view kIndex = "index.html";
constexpr const char* kPlainText = "text/plain; charset=utf-8";

const Asset* FindAsset(std::string_view path) {
  const auto assets = Assets();
  const auto found = std::ranges::lower_bound(assets, path, {}, &Asset::path);
  return found != assets.end() && found->path == path ? &*found : nullptr;
}

// A browser asks again for each file, and gets 304 unless it has changed: an upgrade of the
// emulator never mixes with files that a browser has kept.
Result<http::Response> Serve(const http::Request& request, std::string_view path) {
  const Asset* const asset = FindAsset(path);
  if (asset == nullptr) {
    return Error{http::HttpError::kRouteNotFound, "the page has no file " + std::string(path)};
  }
  http::Response response{.headers = {{"Content-Type", std::string(asset->type)},
                                      {"ETag", std::string(asset->etag)},
                                      {"Cache-Control", "no-cache"}}};
  const auto known = request.header("If-None-Match").value_or("");
  if (known.find(asset->etag) == std::string_view::npos) {
    response.body = asset->bytes;
  } else {
    response.status = 304;
  }
  return response;
}

http::Response RenderError(const http::Request&, const Error& error) {
  const auto code = http::ToHttpError(error.code);
  http::Response response{.status = http::StatusOf(code),
                          .headers = {{"Content-Type", kPlainText}},
                          .body = error.message + '\n'};
  if (code == http::HttpError::kMethodNotAllowed) {
    response.headers.push_back({"Allow", http::AllowValue(error)});
  }
  return response;
}

std::vector<http::Route> Routes() {
  using enum http::Method;
  return {
      {kGet, "/", [](const http::Request& request) { return Serve(request, kIndex); }},
      {kGet, "/__dashboard/{path*}",
       [](const http::Request& request) { return Serve(request, request.capture("path")); }},
  };
}

http::ResponseHooks Hooks(PageOrigins origins) {
  return {
      .render_error = RenderError,
      .on_response = [origins = std::move(origins)](const http::Request& request,
                                                    http::Response& response) {
        response.headers.push_back({"Content-Security-Policy", ContentPolicy(request, origins)});
        response.headers.push_back({"X-Content-Type-Options", "nosniff"});
        response.headers.push_back({"Referrer-Policy", "no-referrer"});
        response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
        response.headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
      }};
}

}  // namespace

DashboardService::DashboardService(PageOrigins origins, Log log)
    : router_(Routes(), Hooks(std::move(origins)), std::move(log)) {}

}  // namespace msc::dashboard
