#pragma once

#include <msc/video.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/http/router.h"
#include "emulator/keys/key_service.h"
#include "storage_stub/blob_service.h"

namespace msc::videos {

// Every field has a working default.
struct VideoServiceOptions {
  // Folder for videos.db; empty: nothing outlives the object.
  std::string data_directory = {};

  // What an acknowledged write survives.
  Durability durability = Durability::kProcess;

  // Time from MarkComplete to Completed; each video keeps the one of its MarkComplete.
  std::chrono::milliseconds processing_time = std::chrono::seconds(10);

  // Permissions of the upload URL's policy, letters out of "racwdl".
  std::string upload_permissions = "rw";

  // Base of the URLs handed out, without trailing slash; empty: the request's own.
  std::string external_url = {};

  // Base of blob URLs including the account, without trailing slash; empty: external_url, or the
  // request's own, followed by the account.
  std::string blob_external_url = {};

  // Port of the blob endpoint where it has one of its own; 0: the request's.
  int blob_port = 0;

  // Refuses MarkComplete without an uploaded blob.
  bool strict = false;

  // Takes any file extension.
  bool loose = false;

  // What the header or cookie x-zumo-auth must hold; empty: no sign-in.
  std::string require_auth = {};

  // Origins whose pages may call the API: "local", "*", or a list such as
  // "https://a.example,https://b.example".
  std::string cors_origins = "local";
};

// The Videos API under /api: videos, their states, formats, thumbnails, playback endpoints.
// Thread-safe.
class VideoService {
 public:
  // Throws std::runtime_error where videos.db cannot be opened. REQUIRES: the references outlive
  // the object.
  VideoService(VideoServiceOptions options, const Clock& clock, Random& random,
               storage::BlobService& blobs, keys::KeyService& keys, Log log = LogToStderr());
  ~VideoService();
  VideoService(const VideoService&) = delete;
  VideoService& operator=(const VideoService&) = delete;

  // What the clock did to videos when it went from `after` (exclusive) to `until` (inclusive), in
  // order.
  std::vector<Transition> TransitionsBetween(Time after, Time until) const;

  // Everything below /api. REQUIRES: the service outlives it.
  const http::Router& router() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::videos
