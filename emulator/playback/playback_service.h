#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/http/router.h"
#include "emulator/keys/key_service.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::playback {

struct PlaybackOptions {
  // The same as those of VideoServiceOptions.
  std::string external_url = {};
  std::string blob_external_url = {};
  int blob_port = 0;
};

// Plays the packaged media of videos at /<locator>/, and has the proxies for posters and manifests
// below /api. Thread-safe. REQUIRES: the references outlive the object.
class PlaybackService {
 public:
  PlaybackService(PlaybackOptions options, videos::VideoService& videos,
                  const keys::KeyService& keys, const storage::BlobService& blobs,
                  const Clock& clock, Log log = LogToStderr());
  ~PlaybackService();
  PlaybackService(const PlaybackService&) = delete;
  PlaybackService& operator=(const PlaybackService&) = delete;

  // Whether the router serves a path: its first segment is a GUID, or it is one of the proxies'.
  static bool Serves(std::string_view path);

  // REQUIRES: the service outlives it.
  const http::Router& router() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::playback
