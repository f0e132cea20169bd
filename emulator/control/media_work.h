#pragma once

#include <msc/media.h>

#include <memory>
#include <optional>
#include <string>

#include "emulator/base/log.h"
#include "emulator/control/events/event_log.h"
#include "emulator/processing/media/media_runner.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

struct MediaWorkOptions {
  // Absent: no media work is done here.
  std::optional<processing::MediaRunnerOptions> runner = {};

  // Whether a video fails if its upload is no media.
  bool must_be_media = false;
};

// The media work on the uploads of videos: it begins when videos want it, goes on after a restart,
// and its results are written to the videos. Thread-safe.
class MediaWork {
 public:
  // REQUIRES: the references outlive the object.
  MediaWork(MediaWorkOptions options, videos::VideoService& videos, storage::BlobService& blobs,
            EventLog& events, const Log& log);
  ~MediaWork();
  MediaWork(const MediaWork&) = delete;
  MediaWork& operator=(const MediaWork&) = delete;

  // Whether the upload of `video` is worth the work: it must be media, or at least look like it.
  bool IsFor(const videos::Video& video) const;

  // The following three return at once and take no lock of the videos.

  void Begin(const std::string& video_id);
  void Cancel(const std::string& video_id);
  void CancelAll();

  // Begins the work that videos still await, because it was cut off. If none is done here, they
  // await it no longer.
  void Resume();

  MediaInfo InfoOf(const videos::VideoDetails& details) const;

 private:
  std::optional<processing::MediaInput> InputOf(const std::string& video_id) const;
  void OnProgress(const std::string& video_id, const processing::MediaProgress& progress);
  void OnEnd(const std::string& video_id, processing::MediaOutcome outcome);
  void Announce(const std::string& video_id, const MediaInfo& info);

  const MediaWorkOptions options_;
  videos::VideoService& videos_;
  storage::BlobService& blobs_;
  EventLog& events_;
  const Log log_;

  std::unique_ptr<processing::MediaRunner> runner_;  // Null: no media work is done. Its threads
                                                     // call the methods above.
};

}  // namespace msc::control
