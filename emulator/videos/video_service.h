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
  // Time from MarkComplete to Completed. A video keeps the value of its MarkComplete.
  std::chrono::milliseconds processing_time = std::chrono::seconds(10);

  // Permissions of the upload URL's policy, letters out of "racwdl".
  std::string upload_permissions = "rw";

  // Base of the URLs in responses, without trailing slash; empty: the request's own.
  std::string external_url = {};

  // Base of blob URLs including the account, without trailing slash; empty: external_url, or the
  // request's own, followed by the account.
  std::string blob_external_url = {};

  // Port of the blob endpoint if it has one of its own; 0: the request's port.
  int blob_port = 0;

  // Rejects MarkComplete without an uploaded blob.
  bool strict = false;

  // Accepts any file extension.
  bool loose = false;

  // Whether file names choose the program of a video: fail-*.mp4 fails, slow-90s-*.mp4 takes 90
  // seconds. Has no effect if `strict`.
  bool magic_names = false;

  // Whether media work is to be done on the upload of a video, which is there. If so, the video is
  // not completed before EndMedia is called. Null: it never is.
  std::function<bool(const Video&)> wants_media = nullptr;

  // What the header or cookie x-zumo-auth must hold; empty: no sign-in.
  std::string require_auth = {};

  // Origins whose pages may call the API: "local", "*", or a list such as
  // "https://a.example,https://b.example".
  std::string cors_origins = "local";
};

// The Videos API under /api: videos, their states, formats, thumbnails, playback endpoints; and the
// control API's operations on videos. Ids may be in upper or lower case. Thread-safe.
class VideoService {
 public:
  // Keeps its tables in `database`. Throws std::runtime_error if they cannot be created. REQUIRES:
  // the references outlive the object; `database` is that of `blobs` and `keys`.
  VideoService(VideoServiceOptions options, sqlite::Database& database, const Clock& clock,
               Random& random, storage::BlobService& blobs, keys::KeyService& keys,
               Log log = LogToStderr());
  ~VideoService();
  VideoService(const VideoService&) = delete;
  VideoService& operator=(const VideoService&) = delete;

  // Sets the functions that are called when something happens. REQUIRES: no other thread uses the
  // service yet.
  void Listen(VideoListeners listeners);

  // Writes all transitions that are due, and returns them in order: by instant, then by creation.
  // Transitions that were written earlier, for example because of a client's request, are not
  // returned; the listener is called for both.
  std::vector<Transition> FireDue();

  // Fires what is due, lets `move` move the clock, and fires what is due then, while no other
  // thread reads or writes. Returns the transitions that the move caused. `move` is given the
  // instant of NextChange; it must not call back.
  std::vector<Transition> FireDueAround(const std::function<void(std::optional<Time> next)>& move);

  // The next transition of each video that is caused by time, in the same order. `from` and `to`
  // are both kProcessing if a step begins that ends by polls.
  std::vector<Transition> Pending();

  // The instant of the first of them; in the past if it is due but not written yet.
  std::optional<Time> NextChange();

  // The video as of now, including transitions that are not written yet. kVideoNotFound.
  Result<VideoDetails> Find(std::string_view id);

  // Some or all, in the order of creation.
  std::vector<VideoDetails> List(const VideoPage& page = {});

  // VideoDetails::number. kVideoNotFound.
  Result<std::int64_t> NumberOf(std::string_view id);

  // By the states that were written last; FireDue writes those that are due.
  VideoCounts Count();

  // Does not count as a poll. kVideoNotFound.
  Result<VideoState> State(std::string_view id);

  // Whether the upload is to be encrypted. kVideoNotFound.
  Result<bool> IsInputEncrypted(std::string_view id);

  // Sets any state: kPending opens the upload URL again; kProcessing starts the program as
  // MarkComplete does; the others end it. `code` (0 to 999) and `reason` (UTF-8; empty: the
  // service's own text) are used only for kFailed. kVideoNotFound, kProgramInvalid.
  Status SetState(std::string_view id, VideoState state, int code = kDefaultFailureCode,
                  std::string_view reason = {});

  // Gives the video its own program. It starts at MarkComplete, or now if the video is processing.
  // kVideoNotFound, kVideoEnded, kProgramInvalid.
  Status SetProgram(std::string_view id, const Program& program);

  // The program of videos that are started later and have none of their own; absent: the options'
  // processing time. Kept only in memory. kProgramInvalid.
  Status SetDefaultProgram(const std::optional<Program>& program);
  std::optional<Program> DefaultProgram() const;

  // Creates a video and sets its state. kVideoExists, kParameterInvalid (an id that is not a GUID),
  // kProgramInvalid.
  Result<Video> Seed(const NewVideo& wanted, VideoState state, int code = kDefaultFailureCode,
                     std::string_view reason = {});

  // Also deletes its container and its key. kVideoNotFound.
  Status Delete(std::string_view id);

  // Deletes all videos with their containers and keys, and the default program.
  void Clear();

  // The id of the video whose container is asset-<asset_id>, or whose content key is `key_id`, or
  // that is played at `locator_id`.
  std::optional<std::string> IdOfAsset(std::string_view asset_id);
  std::optional<std::string> IdOfKey(std::string_view key_id);
  std::optional<std::string> IdOfLocator(std::string_view locator_id);

  // The video with that locator, and what playback serves of it. kVideoNotFound.
  Result<PlayableVideo> FindByLocator(std::string_view locator_id);

  // The ids of the videos whose media work is not done, in the order of their creation.
  std::vector<std::string> AwaitingMedia();

  // To be called when the media work on a video's upload has ended. False, without effect, if the
  // video does not await it. kVideoNotFound.
  Result<bool> EndMedia(std::string_view id, const MediaResult& result);

  // The body of GET /api/Videos/{id}, with the URLs that a response to `request` has.
  std::string EntityJson(const Video& video, const http::Request& request) const;

  // To be called under the lock of the database after all records were replaced.
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
