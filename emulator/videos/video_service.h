#pragma once

#include <msc/video.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/mutex.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/keys/key_service.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video.h"
#include "storage_stub/blob_service.h"

namespace msc::videos {

// Every field has a working default.
struct VideoServiceOptions {
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

  // Whether names tell what becomes of videos: fail-*.mp4 fails, slow-90s-*.mp4 takes 90 seconds.
  // Off where `strict`.
  bool magic_names = false;

  // What the header or cookie x-zumo-auth must hold; empty: no sign-in.
  std::string require_auth = {};

  // Origins whose pages may call the API: "local", "*", or a list such as
  // "https://a.example,https://b.example".
  std::string cors_origins = "local";
};

// The Videos API under /api: videos, their states, formats, thumbnails, playback endpoints; and
// what the control API does to videos. Ids of videos have any case. Thread-safe.
class VideoService {
 public:
  // Keeps its tables in `database`. Throws std::runtime_error if they cannot be made. REQUIRES: the
  // references outlive the object; `database` is that of `blobs` and `keys`.
  VideoService(VideoServiceOptions options, sqlite::Database& database, const Clock& clock,
               Random& random, storage::BlobService& blobs, keys::KeyService& keys,
               Log log = LogToStderr());
  ~VideoService();
  VideoService(const VideoService&) = delete;
  VideoService& operator=(const VideoService&) = delete;

  // From now on these hear of what happens. REQUIRES: no other thread uses the service yet.
  void Listen(VideoListeners listeners);

  // Writes down all that time has brought by now, and returns it in order: by instant, then by
  // creation. What was written down before, as by a client that asked, is not in it; the listener
  // hears of both.
  std::vector<Transition> FireDue();

  // Settles, lets `move` move the clock, and settles again, while nobody else reads or writes;
  // returns what the move brought. `move` is given the instant of NextChange; it must not call
  // back.
  std::vector<Transition> FireDueAround(const std::function<void(std::optional<Time> next)>& move);

  // The next change that time brings to each video, in the same order. `from` and `to` are both
  // kProcessing where what begins then is a step that polls end.
  std::vector<Transition> Pending();

  // The instant of the first of them; in the past where that has not been settled.
  std::optional<Time> NextChange();

  // As the clock has it, whether settled or not. kVideoNotFound.
  Result<VideoDetails> Find(std::string_view id);
  std::vector<VideoDetails> List();  // In the order of creation.

  // Counts as no poll. kVideoNotFound.
  Result<VideoState> State(std::string_view id);

  // Whether the upload is to be encrypted. kVideoNotFound.
  Result<bool> IsInputEncrypted(std::string_view id);

  // Whatever state it is in: kPending opens the upload URL again, kProcessing is as if it were
  // marked complete now, the others end it. `code` (0 to 999) and `reason` (UTF-8; empty: the
  // service's own words) count where it is kFailed. kVideoNotFound, kProgramInvalid.
  Status SetState(std::string_view id, VideoState state, int code = kDefaultFailureCode,
                  std::string_view reason = {});

  // A program of the video's own: it starts at MarkComplete, or now from its first step where the
  // video is processing. kVideoNotFound, kVideoEnded, kProgramInvalid.
  Status SetProgram(std::string_view id, const Program& program);

  // The program of videos that start from now on and have none of their own; absent: the options'
  // processing time. Kept in memory alone. kProgramInvalid.
  Status SetDefaultProgram(const std::optional<Program>& program);
  std::optional<Program> DefaultProgram() const;

  // Creates a video and sets its state. kVideoExists, kParameterInvalid (an id that is no GUID),
  // kProgramInvalid.
  Result<Video> Seed(const NewVideo& wanted, VideoState state, int code = kDefaultFailureCode,
                     std::string_view reason = {});

  // With container and key. kVideoNotFound.
  Status Delete(std::string_view id);

  // Deletes all videos with their containers and keys, and the default program.
  void Clear();

  // The video whose container is asset-<asset_id>, or whose content key is `key_id`.
  std::optional<std::string> IdOfAsset(std::string_view asset_id);
  std::optional<std::string> IdOfKey(std::string_view key_id);

  // The body of GET /api/Videos/{id}, with URLs as `request` sees them.
  std::string EntityJson(const Video& video, const http::Request& request) const;

  // Takes note, under the lock of the database, that all records were replaced.
  void OnRecordsReplaced();

  // The shared access signature of the upload URL, as a query.
  std::string UploadQuery(const Video& video) const;

  // Everything below /api. REQUIRES: the service outlives it.
  const http::Router& router() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::videos
