#include "emulator/request_dispatcher.h"

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"

namespace msc {
namespace {

constexpr std::string_view kAdmin = "__admin";
constexpr std::string_view kAdminPrefix = "/__admin/";

// The part of the path between its first two slashes, decoded.
std::string FirstSegment(std::string_view path) {
  path.remove_prefix(std::min(path.find('/') + 1, path.size()));
  return PercentDecode(path.substr(0, path.find('/'))).value_or("");
}

http::ResponseHooks PlainTextHooks(const std::string& account) {
  return {.render_error = [account](const http::Request&, const Error&) {
    return http::Response{
        .status = 404,
        .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
        .body = "Nothing is here. The emulator serves /api/Videos, /api/Formats, /" + account +
                "/<container>/<blob>, /keydelivery?kid=<id> and /__admin/health.\n"};
  }};
}

}  // namespace

RequestDispatcher::RequestDispatcher(const http::Router& videos, const http::Router& keys,
                                     const http::Router& control, const storage::BlobService& blobs,
                                     bool blobs_elsewhere)
    : videos_(videos),
      keys_(keys),
      control_(control),
      blobs_(blobs),
      blobs_elsewhere_(blobs_elsewhere),
      nowhere_({}, PlainTextHooks(blobs.default_account())) {}

const http::Router& RequestDispatcher::Choose(http::Request& request) const {
  const std::string segment = FirstSegment(request.path());
  if (segment == kAdmin) return control_;
  if (IsForBlobs(request, segment)) return ChooseBlobs(request);
  if (EqualsIgnoringCase(segment, "api") || EqualsIgnoringCase(segment, "swagger")) return videos_;
  if (EqualsIgnoringCase(segment, "keydelivery")) return keys_;
  return nowhere_;
}

const http::Router& RequestDispatcher::ChooseBlobs(http::Request& request) const {
  blobs_.Prepare(request);
  return blobs_.router();
}

// A path that spells "__admin" in another way is served too, but waits for a thread like others.
http::ThreadUse RequestDispatcher::ThreadUseOf(http::Method method, std::string_view target) const {
  if (!target.starts_with(kAdminPrefix)) return http::ThreadUse::kQueued;
  const auto match = control_.Find({.method = method, .target = std::string(target)});
  const bool may_wait = match.route != nullptr && match.route->may_wait;
  return may_wait ? http::ThreadUse::kLong : http::ThreadUse::kShort;
}

bool RequestDispatcher::IsForBlobs(const http::Request& request, std::string_view segment) const {
  if (blobs_elsewhere_) return false;
  return blobs_.IsHostOfAccount(request) || blobs_.HasAccount(segment);
}

}  // namespace msc
