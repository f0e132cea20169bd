#include "emulator/request_dispatcher.h"

#include <optional>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/dashboard/dashboard_service.h"
#include "emulator/http/http_error.h"
#include "emulator/playback/playback_service.h"

namespace msc {
namespace {

constexpr std::string_view kAdmin = "__admin";
constexpr std::string_view kAdminPrefix = "/__admin/";
constexpr std::string_view kDashboardPrefix = "/__dashboard/";

// The part of the path between its first two slashes, decoded.
std::string FirstSegment(std::string_view path) {
  path.remove_prefix(std::min(path.find('/') + 1, path.size()));
  return PercentDecode(path.substr(0, path.find('/'))).value_or("");
}

// `blobs`: where blobs are, in words.
std::string NothingIsHere(const std::string& blobs) {
  return "Nothing is here. The emulator serves a page for people at /, /api/Videos, "
         "/api/Formats, /keydelivery?kid=<id>, /<locator>/<file>.ism/Manifest and "
         "/__admin/health, and blobs at " +
         blobs + ".\n";
}

// For paths that no subject of the main port has. `blob_url`: as above.
http::ResponseHooks PlainTextHooks(const storage::BlobService& blobs, const std::string& blob_url) {
  const std::string place = blob_url.empty() ? '/' + blobs.default_account() : blob_url;
  http::ResponseHooks hooks{.render_error = [text = NothingIsHere(place + "/<container>/<blob>")](
                                                const http::Request&, const Error&) {
    return http::Response{
        .status = 404, .headers = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = text};
  }};
  if (blob_url.empty()) return hooks;
  hooks.on_request =
      [&blobs, blob_url](const http::Request& request) -> Result<std::optional<http::Response>> {
    if (!blobs.HasAccount(FirstSegment(request.path()))) return std::optional<http::Response>();
    return Error{http::HttpError::kOtherPort,
                 "blobs have a port of their own (--blob-port): " + blob_url};
  };
  return hooks;
}

}  // namespace

RequestDispatcher::RequestDispatcher(const http::Router& videos, const http::Router& keys,
                                     const http::Router& playback, const http::Router& control,
                                     const http::Router& dashboard,
                                     const storage::BlobService& blobs, const std::string& blob_url)
    : videos_(videos),
      keys_(keys),
      playback_(playback),
      control_(control),
      dashboard_(dashboard),
      blobs_(blobs),
      blobs_elsewhere_(!blob_url.empty()),
      nowhere_({}, PlainTextHooks(blobs, blob_url)) {}

const http::Router& RequestDispatcher::Choose(http::Request& request) const {
  const std::string segment = FirstSegment(request.path());
  if (segment == kAdmin) return control_;
  if (IsForBlobs(request, segment)) return ChooseBlobs(request);
  if (playback::PlaybackService::Serves(request.path())) return playback_;
  if (EqualsIgnoringCase(segment, "api") || EqualsIgnoringCase(segment, "swagger")) return videos_;
  if (EqualsIgnoringCase(segment, "keydelivery")) return keys_;
  if (IsForDashboard(request, segment)) return dashboard_;
  return nowhere_;
}

const http::Router& RequestDispatcher::ChooseBlobs(http::Request& request) const {
  blobs_.Prepare(request);
  return blobs_.router();
}

// A path that spells "__admin" in another way is served too, but waits for a thread like others.
http::ThreadUse RequestDispatcher::ThreadUseOf(http::Method method, std::string_view target) const {
  if (target == "/" || target.starts_with(kDashboardPrefix)) return http::ThreadUse::kShort;
  if (!target.starts_with(kAdminPrefix)) return http::ThreadUse::kQueued;
  const auto match = control_.Find({.method = method, .target = std::string(target)});
  const bool may_wait = match.route != nullptr && match.route->may_wait;
  return may_wait ? http::ThreadUse::kLong : http::ThreadUse::kShort;
}

// A client that sends something else to `/` has a wrong base URL, which the journal should show.
bool RequestDispatcher::IsForDashboard(const http::Request& request, std::string_view segment) {
  if (segment == dashboard::DashboardService::kSegment) return true;
  return request.path() == "/" &&
         (request.method == http::Method::kGet || request.method == http::Method::kHead);
}

bool RequestDispatcher::IsForBlobs(const http::Request& request, std::string_view segment) const {
  if (blobs_elsewhere_) return false;
  return blobs_.IsHostOfAccount(request) || blobs_.HasAccount(segment);
}

}  // namespace msc
