#include "emulator/videos/video_handlers.h"

#include <functional>
#include <memory>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/videos/new_video.h"
#include "emulator/videos/playback_type.h"
#include "emulator/videos/swagger.h"
#include "emulator/videos/video_error.h"
#include "emulator/videos/video_json.h"
#include "emulator/videos/wire.h"

namespace msc::videos {
namespace {

Result<std::string> VideoId(const http::Request& request) {
  auto id = ParseGuid(request.capture(wire::kIdCapture));
  if (!id) {
    return Error{VideoError::kVideoNotFound,
                 "'" + request.capture(wire::kIdCapture) + "' is no GUID, as a video's id is"};
  }
  return *std::move(id);
}

Result<std::string> KeyId(const http::Request& request) {
  auto id = ParseGuid(request.parameter(wire::kKeyIdParameter).value_or(""));
  if (!id) return Error{VideoError::kKeyIdMalformed, "the parameter KeyId must be a GUID"};
  return *std::move(id);
}

Result<PlaybackType> EndpointType(const http::Request& request) {
  auto type = FindPlaybackType(request.parameter(wire::kEndpointTypeParameter).value_or(""));
  if (!type) {
    return Error{VideoError::kParameterInvalid,
                 "there is no endpointType '" +
                     request.parameter(wire::kEndpointTypeParameter).value_or("") + "'"};
  }
  return *type;
}

}  // namespace

VideoHandlers::VideoHandlers(const VideoServiceOptions& options, const Clock& clock,
                             const UrlMaker& urls, const Answers& answers, VideoCatalog& catalog)
    : options_(options),
      clock_(clock),
      urls_(urls),
      answers_(answers),
      catalog_(catalog),
      formats_(FormatsJson()) {}

std::vector<http::Route> VideoHandlers::Routes() const {
  using enum http::Method;
  using enum Operation;
  using std::bind_front;
  return {
      {kPost, "/api/Videos", bind_front(&VideoHandlers::Create, this), kCreateVideo},
      {kGet, "/api/Videos/{id}", bind_front(&VideoHandlers::Retrieve, this), kGetVideo},
      {kDelete, "/api/Videos/{id}", bind_front(&VideoHandlers::Delete, this), kDeleteVideo},
      {kPost, "/api/Videos/{id}/MarkComplete", bind_front(&VideoHandlers::MarkComplete, this),
       kMarkComplete},
      {kGet, "/api/Videos/{id}/AuthorizationToken", bind_front(&VideoHandlers::GetToken, this),
       kGetAuthorizationToken},
      {kGet, "/api/Videos/{id}/Status", bind_front(&VideoHandlers::GetStatus, this), kGetStatus},
      {kGet, "/api/Videos/{id}/Thumbnails", bind_front(&VideoHandlers::GetThumbnails, this),
       kGetThumbnails},
      {kGet, "/api/Videos/{id}/PlaybackEndpoint",
       bind_front(&VideoHandlers::GetPlaybackEndpoint, this), kGetPlaybackEndpoint},
      {kGet, "/api/Formats", bind_front(&VideoHandlers::GetFormats, this), kGetFormats},
      {kGet, "/swagger/docs/v1", bind_front(&VideoHandlers::GetSwagger, this)},
  };
}

VideoHandlers::Answer VideoHandlers::Create(const http::Request& request) const {
  const auto wanted = ReadNewVideo(request, options_.loose);
  if (!wanted) return wanted.error();

  const auto video = catalog_.Create(*wanted);
  if (!video) return video.error();

  auto answer =
      answers_.Json(request, VideoJson(*video, UploadUri(request, *video), Secrets::kShown));
  answer.video_id = video->id;
  return answer;
}

VideoHandlers::Answer VideoHandlers::Retrieve(const http::Request& request) const {
  const auto id = VideoId(request);
  if (!id) return id.error();

  const auto video = catalog_.Find(*id);
  if (!video) return video.error();

  return answers_.Json(request, EntityJson(*video, request));
}

std::string VideoHandlers::EntityJson(const Video& video, const http::Request& request) const {
  return VideoJson(video, UploadUri(request, video), Secrets::kHidden);
}

VideoHandlers::Answer VideoHandlers::Delete(const http::Request& request) const {
  const Time started = clock_.Now();
  const auto id = VideoId(request);
  const Status deleted = id ? catalog_.Delete(*id) : Status(id.error());
  if (deleted) return answers_.Deletion(request, 204, started);
  if (deleted.error().code != VideoError::kVideoNotFound) return deleted.error();
  auto answer = answers_.Deletion(request, 404, started);
  answer.error = std::make_shared<const Error>(deleted.error());
  return answer;
}

VideoHandlers::Answer VideoHandlers::MarkComplete(const http::Request& request) const {
  const auto id = VideoId(request);
  if (!id) return id.error();

  const auto marked = catalog_.MarkComplete(*id);
  if (!marked) return marked.error();

  return answers_.Empty(request, 200);
}

VideoHandlers::Answer VideoHandlers::GetToken(const http::Request& request) const {
  const auto id = VideoId(request);
  if (!id) return id.error();
  const auto key_id = KeyId(request);
  if (!key_id) return key_id.error();

  const auto token = catalog_.IssueToken(*id, *key_id, urls_.Host(request));
  if (!token) return token.error();

  return answers_.Json(request, TokenJson(*token));
}

VideoHandlers::Answer VideoHandlers::GetStatus(const http::Request& request) const {
  const auto id = VideoId(request);
  if (!id) return id.error();

  const auto status = catalog_.Poll(*id);
  if (!status) return status.error();

  return answers_.Json(request,
                       StatusJson(status->state, status->failure_code, status->failure_reason));
}

VideoHandlers::Answer VideoHandlers::GetThumbnails(const http::Request& request) const {
  const auto id = VideoId(request);
  if (!id) return id.error();

  const auto video = catalog_.FindReady(*id);
  if (!video) return video.error();

  return answers_.Json(request, ThumbnailsJson(PosterUrl(request, *video)));
}

VideoHandlers::Answer VideoHandlers::GetPlaybackEndpoint(const http::Request& request) const {
  const auto id = VideoId(request);
  if (!id) return id.error();
  const auto type = EndpointType(request);
  if (!type) return type.error();

  const auto video = catalog_.FindReady(*id);
  if (!video) return video.error();

  return answers_.Json(request,
                       PlaybackJson(type->name, PlaybackUrl(urls_.Base(request), *video, *type)));
}

VideoHandlers::Answer VideoHandlers::GetFormats(const http::Request& request) const {
  return answers_.Json(request, formats_);
}

VideoHandlers::Answer VideoHandlers::GetSwagger(const http::Request& request) const {
  return answers_.Json(request, SwaggerJson(urls_.Base(request)));
}

std::optional<std::string> VideoHandlers::UploadUri(const http::Request& request,
                                                    const Video& video) const {
  if (video.state() != VideoState::kPending) return std::nullopt;
  return urls_.BlobBase(request) + '/' + video.container() + '/' + video.file_name() + '?' +
         catalog_.UploadSignature(video);
}

std::string VideoHandlers::PosterUrl(const http::Request& request, const Video& video) const {
  const std::string poster = urls_.BlobBase(request) + '/' + video.container() + '/' +
                             std::string(processing::kPosterBlob) + '?' +
                             catalog_.PosterSignature(video);
  return urls_.Base(request) + "/api/ImageProxy?mediaservicesurl=" + DotNetUrlEncode(poster) +
         "&imagemetadata=" + DotNetUrlEncode("nb:cid:UUID:" + video.asset_id);
}

}  // namespace msc::videos
