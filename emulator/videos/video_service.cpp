#include "emulator/videos/video_service.h"

#include <optional>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/http/cors.h"
#include "emulator/videos/answers.h"
#include "emulator/videos/cors.h"
#include "emulator/videos/errors.h"
#include "emulator/videos/sign_in.h"
#include "emulator/videos/url_maker.h"
#include "emulator/videos/video_catalog.h"
#include "emulator/videos/video_error.h"
#include "emulator/videos/video_handlers.h"

namespace msc::videos {

namespace {

Error OriginNotAllowed(const http::Request& request) {
  const std::string origin(request.header(http::kOrigin).value_or(""));
  return {.code = VideoError::kOriginNotAllowed,
          .message = "pages of " + origin + " may not call /api",
          .facts = RequestField{RequestField::Place::kHeader, http::kOrigin, origin}};
}

}  // namespace

struct VideoService::Impl {
  Impl(VideoServiceOptions the_options, sqlite::Database& database, const Clock& clock,
       Random& random, storage::BlobService& blobs, keys::KeyService& keys, Log log)
      : options(std::move(the_options)),
        cors(options.cors_origins),
        urls(options, blobs.default_account()),
        answers(urls, clock, random),
        catalog(options, database, clock, random, blobs, keys, log),
        handlers(options, clock, urls, answers, catalog),
        router(handlers.Routes(), Speak(), std::move(log)) {}

  http::ResponseHooks Speak() const {
    return {
        .render_error = [this](const auto& request,
                               const auto& error) { return RenderError(answers, request, error); },
        .render_injected_error = [this](
                                     const auto& request, int status,
                                     std::string_view) { return answers.Empty(request, status); },
        .on_response = [this](const auto& request,
                              auto& response) { cors.AddHeaders(request, response); },
        .on_request = [this](const auto& request) { return Guard(request); },
        .ignore_case = true};
  }

  // A browser sends no token with a preflight.
  Result<std::optional<http::Response>> Guard(const http::Request& request) const {
    if (CorsPolicy::IsPreflight(request)) {
      if (!cors.Allows(request)) return OriginNotAllowed(request);
      return std::optional(answers.Empty(request, 200));
    }
    if (!options.require_auth.empty() && !IsSignedIn(request, options.require_auth)) {
      return Error{VideoError::kSignInRequired, "the header or cookie x-zumo-auth must be sent"};
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

VideoService::VideoService(VideoServiceOptions options, sqlite::Database& database,
                           const Clock& clock, Random& random, storage::BlobService& blobs,
                           keys::KeyService& keys, Log log)
    : impl_(std::make_unique<Impl>(std::move(options), database, clock, random, blobs, keys,
                                   std::move(log))) {}

VideoService::~VideoService() = default;

void VideoService::Listen(VideoListeners listeners) {
  impl_->catalog.store().Listen(std::move(listeners));
}

std::vector<Transition> VideoService::FireDue() { return impl_->catalog.store().FireDue(); }

std::vector<Transition> VideoService::FireDueAround(
    const std::function<void(std::optional<Time> next)>& move) {
  return impl_->catalog.store().FireDueAround(move);
}

std::vector<Transition> VideoService::Pending() { return impl_->catalog.store().Pending(); }

std::optional<Time> VideoService::NextChange() { return impl_->catalog.store().NextChange(); }

Result<VideoDetails> VideoService::Find(std::string_view id) {
  return impl_->catalog.store().Describe(ToLower(id));
}

std::vector<VideoDetails> VideoService::List(const VideoPage& page) {
  return impl_->catalog.store().DescribePage(page);
}

Result<std::int64_t> VideoService::NumberOf(std::string_view id) {
  return impl_->catalog.store().NumberOf(ToLower(id));
}

VideoCounts VideoService::Count() { return impl_->catalog.store().Count(); }

Result<VideoState> VideoService::State(std::string_view id) {
  const auto status = impl_->catalog.FindStatus(ToLower(id));
  if (!status) return status.error();
  return status->state;
}

Result<bool> VideoService::IsInputEncrypted(std::string_view id) {
  return impl_->catalog.store().IsInputEncrypted(ToLower(id));
}

Status VideoService::SetState(std::string_view id, VideoState state, int code,
                              std::string_view reason) {
  return impl_->catalog.SetState(ToLower(id), state, code, reason);
}

Status VideoService::SetProgram(std::string_view id, const Program& program) {
  return impl_->catalog.SetProgram(ToLower(id), program);
}

Status VideoService::SetDefaultProgram(const std::optional<Program>& program) {
  return impl_->catalog.SetDefaultProgram(program);
}

std::optional<Program> VideoService::DefaultProgram() const {
  return impl_->catalog.DefaultProgram();
}

Result<Video> VideoService::Seed(const NewVideo& wanted, VideoState state, int code,
                                 std::string_view reason) {
  return impl_->catalog.Seed(wanted, state, code, reason);
}

Status VideoService::Delete(std::string_view id) { return impl_->catalog.Delete(ToLower(id)); }

void VideoService::Clear() { impl_->catalog.Clear(); }

std::optional<std::string> VideoService::IdOfAsset(std::string_view asset_id) {
  return impl_->catalog.store().IdOfAsset(ToLower(asset_id));
}

std::optional<std::string> VideoService::IdOfKey(std::string_view key_id) {
  return impl_->catalog.store().IdOfKey(ToLower(key_id));
}

std::optional<std::string> VideoService::IdOfLocator(std::string_view locator_id) {
  return impl_->catalog.store().IdOfLocator(ToLower(locator_id));
}

Result<PlayableVideo> VideoService::FindByLocator(std::string_view locator_id) {
  return impl_->catalog.store().FindByLocator(ToLower(locator_id));
}

std::vector<std::string> VideoService::AwaitingMedia() {
  return impl_->catalog.store().AwaitingMedia();
}

Result<bool> VideoService::EndMedia(std::string_view id, const MediaResult& result) {
  return impl_->catalog.store().EndMedia(ToLower(id), result);
}

std::string VideoService::EntityJson(const Video& video, const http::Request& request) const {
  return impl_->handlers.EntityJson(video, request);
}

std::string VideoService::UploadQuery(const Video& video) const {
  return impl_->catalog.UploadSignature(video);
}

void VideoService::OnRecordsReplaced() { impl_->catalog.store().OnRecordsReplaced(); }

const http::Router& VideoService::router() const { return impl_->router; }

}  // namespace msc::videos
