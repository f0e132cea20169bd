#include "emulator/videos/video_service.h"

#include <optional>
#include <utility>

#include "emulator/videos/answers.h"
#include "emulator/videos/cors.h"
#include "emulator/videos/refusals.h"
#include "emulator/videos/sign_in.h"
#include "emulator/videos/url_maker.h"
#include "emulator/videos/video_catalog.h"
#include "emulator/videos/video_handlers.h"

namespace msc::videos {

struct VideoService::Impl {
  Impl(VideoServiceOptions the_options, const Clock& clock, Random& random,
       storage::BlobService& blobs, keys::KeyService& keys, Log log)
      : options(std::move(the_options)),
        cors(options.cors_origins),
        urls(options, blobs.default_account()),
        answers(urls, clock, random),
        catalog(options, clock, random, blobs, keys, log),
        handlers(options, clock, urls, answers, catalog),
        router(handlers.Routes(), Speak(), std::move(log)) {}

  http::Voice Speak() const {
    return {.refuse = [this](const auto& request,
                             const auto& error) { return Refuse(answers, request, error); },
            .finish = [this](const auto& request,
                             auto& response) { cors.AddHeaders(request, response); },
            .before = [this](const auto& request) { return Guard(request); },
            .ignore_case = true};
  }

  // A preflight carries no token and asks before it is known what for.
  Result<std::optional<http::Response>> Guard(const http::Request& request) const {
    if (CorsPolicy::IsPreflight(request)) {
      return std::optional(answers.Empty(request, cors.Allows(request) ? 200 : 403));
    }
    if (!options.require_auth.empty() && !IsSignedIn(request, options.require_auth)) {
      return Error{ErrorCode::kSignInRequired, "the header or cookie x-zumo-auth must be sent"};
    }
    return std::optional<http::Response>();
  }

  const VideoServiceOptions options;
  const CorsPolicy cors;
  const UrlMaker urls;
  const Answers answers;
  VideoCatalog catalog;
  const VideoHandlers handlers;
  const http::Router router;
};

VideoService::VideoService(VideoServiceOptions options, const Clock& clock, Random& random,
                           storage::BlobService& blobs, keys::KeyService& keys, Log log)
    : impl_(
          std::make_unique<Impl>(std::move(options), clock, random, blobs, keys, std::move(log))) {}

VideoService::~VideoService() = default;

std::vector<Transition> VideoService::TransitionsBetween(Time after, Time until) const {
  return impl_->catalog.TransitionsBetween(after, until);
}

const http::Router& VideoService::router() const { return impl_->router; }

}  // namespace msc::videos
