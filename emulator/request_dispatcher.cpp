#include "emulator/request_dispatcher.h"

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"

namespace msc {
namespace {

constexpr std::string_view kAdmin = "__admin";

// What stands between the first two slashes, decoded.
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

http::Response TooBusy() {
  return {.status = 503,
          .headers = {{"Retry-After", "1"}, {"Content-Type", "text/plain; charset=utf-8"}},
          .body = "All threads of the emulator are busy with slow clients.\n"};
}

}  // namespace

RequestDispatcher::RequestDispatcher(const http::Router& videos, const http::Router& keys,
                                     const http::Router& control, const storage::BlobService& blobs,
                                     bool blobs_elsewhere,
                                     const control::RequestInterceptor& interceptor)
    : videos_(videos),
      keys_(keys),
      control_(control),
      blobs_(blobs),
      blobs_elsewhere_(blobs_elsewhere),
      interceptor_(interceptor),
      nowhere_({}, PlainTextHooks(blobs.default_account())) {}

http::Response RequestDispatcher::Dispatch(http::Request& request) const {
  const std::string segment = FirstSegment(request.path());
  if (segment == kAdmin) return control_.Dispatch(request);
  // The last thread is for whoever wants to know why all the others are busy.
  if (request.is_last_free_thread) return TooBusy();
  if (IsForBlobs(request, segment)) return DispatchBlob(request);
  return interceptor_.Serve(request, request.target, Choose(segment));
}

http::Response RequestDispatcher::DispatchBlob(http::Request& request) const {
  std::string received = request.target;
  blobs_.Prepare(request);
  return interceptor_.Serve(request, std::move(received), blobs_.router());
}

bool RequestDispatcher::IsForBlobs(const http::Request& request, std::string_view segment) const {
  if (blobs_elsewhere_) return false;
  return blobs_.IsHostOfAccount(request) || blobs_.HasAccount(segment);
}

const http::Router& RequestDispatcher::Choose(std::string_view segment) const {
  if (EqualsIgnoringCase(segment, "api")) return videos_;
  if (EqualsIgnoringCase(segment, "keydelivery")) return keys_;
  return nowhere_;
}

}  // namespace msc
