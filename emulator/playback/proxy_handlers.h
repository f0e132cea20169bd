#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/playback/playback_handlers.h"
#include "emulator/videos/url_maker.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::playback {

// /api/ImageProxy and /api/ManifestProxy. They serve only what this emulator has, and open no
// connection. REQUIRES: the references outlive the object. Thread-safe.
class ProxyHandlers {
 public:
  ProxyHandlers(const videos::UrlMaker& urls, const PlaybackHandlers& playback,
                videos::VideoService& videos, const storage::BlobService& blobs);

  // REQUIRES: the object outlives them.
  std::vector<http::Route> Routes() const;

 private:
  Result<http::Response> GetImage(const http::Request& request) const;
  Result<http::Response> GetManifest(const http::Request& request) const;

  const videos::UrlMaker& urls_;
  const PlaybackHandlers& playback_;
  videos::VideoService& videos_;
  const storage::BlobService& blobs_;
  const http::Router manifests_;  // Only finds the route of a proxied manifest.
};

// The id of the video that a request to one of the proxies is about; nullopt: none.
std::optional<std::string> VideoOfProxied(const http::Request& request,
                                          videos::VideoService& videos);

}  // namespace msc::playback
