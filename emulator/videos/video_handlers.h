#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/videos/answers.h"
#include "emulator/videos/url_maker.h"
#include "emulator/videos/video_catalog.h"
#include "emulator/videos/video_service.h"

namespace msc::videos {

// The handlers of the Videos API. Each one parses the request, makes one call and renders the
// response. Thread-safe.
class VideoHandlers {
 public:
  // REQUIRES: the references outlive the object.
  VideoHandlers(const VideoServiceOptions& options, const Clock& clock, const UrlMaker& urls,
                const Answers& answers, VideoCatalog& catalog);

  // Everything below /api. REQUIRES: the object outlives the routes.
  std::vector<http::Route> Routes() const;

  // The body of GET /api/Videos/{id}.
  std::string EntityJson(const Video& video, const http::Request& request) const;

 private:
  using Answer = Result<http::Response>;

  Answer Create(const http::Request& request) const;
  Answer Retrieve(const http::Request& request) const;
  Answer Delete(const http::Request& request) const;
  Answer MarkComplete(const http::Request& request) const;
  Answer GetToken(const http::Request& request) const;
  Answer GetStatus(const http::Request& request) const;
  Answer GetThumbnails(const http::Request& request) const;
  Answer GetPlaybackEndpoint(const http::Request& request) const;
  Answer GetFormats(const http::Request& request) const;
  Answer GetSwagger(const http::Request& request) const;

  // nullopt after MarkComplete.
  std::optional<std::string> UploadUri(const http::Request& request, const Video& video) const;

  std::string PosterUrl(const http::Request& request, const Video& video) const;

  const VideoServiceOptions& options_;
  const Clock& clock_;
  const UrlMaker& urls_;
  const Answers& answers_;
  VideoCatalog& catalog_;
  const std::string formats_;
};

}  // namespace msc::videos
