#include "emulator/playback/playback_service.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/http/cors.h"
#include "emulator/playback/answers.h"
#include "emulator/playback/playback_handlers.h"
#include "emulator/playback/proxy_handlers.h"
#include "emulator/videos/url_maker.h"

namespace msc::playback {
namespace {

std::vector<http::Route> Joined(std::vector<http::Route> first, std::vector<http::Route> second) {
  std::move(second.begin(), second.end(), std::back_inserter(first));
  return first;
}

// The decoded part of a path before the next slash, which is removed from it.
std::string TakeSegment(std::string_view& path) {
  const auto slash = std::min(path.find('/'), path.size());
  auto segment = PercentDecode(path.substr(0, slash)).value_or("");
  path.remove_prefix(std::min(slash + 1, path.size()));
  return segment;
}

}  // namespace

struct PlaybackService::Impl {
  Impl(PlaybackOptions given, videos::VideoService& videos, const keys::KeyService& keys,
       const storage::BlobService& blobs, const Clock& the_clock, Log log)
      : options{.external_url = std::move(given.external_url),
                .blob_external_url = std::move(given.blob_external_url),
                .blob_port = given.blob_port},
        clock(the_clock),
        urls(options, blobs.default_account()),
        playback(urls, videos, keys, blobs),
        proxies(urls, playback, videos, blobs),
        router(Joined(playback.Routes(), proxies.Routes()), Hooks(), std::move(log)) {}

  http::ResponseHooks Hooks() const {
    return {.render_error = RenderError,
            .render_injected_error = RenderInjectedError,
            .on_response =
                [this](const auto& request, auto& response) {
                  Complete(request, response, FormatHttpDate(clock.Now()));
                },
            .on_request = AnswerPreflight,
            .ignore_case = true};
  }

  const videos::VideoServiceOptions options;
  const Clock& clock;
  const videos::UrlMaker urls;
  const PlaybackHandlers playback;
  const ProxyHandlers proxies;
  const http::Router router;
};

PlaybackService::PlaybackService(PlaybackOptions options, videos::VideoService& videos,
                                 const keys::KeyService& keys, const storage::BlobService& blobs,
                                 const Clock& clock, Log log)
    : impl_(
          std::make_unique<Impl>(std::move(options), videos, keys, blobs, clock, std::move(log))) {}

PlaybackService::~PlaybackService() = default;

bool PlaybackService::Serves(std::string_view path) {
  path.remove_prefix(std::min<std::size_t>(path.find('/') + 1, path.size()));
  const auto first = TakeSegment(path);
  if (!EqualsIgnoringCase(first, "api")) return ParseGuid(first).has_value();
  const auto second = TakeSegment(path);
  return EqualsIgnoringCase(second, "ImageProxy") || EqualsIgnoringCase(second, "ManifestProxy");
}

const http::Router& PlaybackService::router() const { return impl_->router; }

}  // namespace msc::playback
