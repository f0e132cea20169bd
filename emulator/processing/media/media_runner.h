#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/log.h"
#include "emulator/processing/media/media_job.h"
#include "storage_stub/blob_service.h"

namespace msc::processing {

// Why a video cannot be played.
struct MediaFailure {
  int code = 0;  // As in the service: 6 unsupported format, 7 corrupted file, 4 any other error.
  std::string reason = {};  // One line for people.

  // Whether the upload was to be encrypted and was not, so that the service could not read it
  // either.
  bool is_plaintext = false;

  friend bool operator==(const MediaFailure&, const MediaFailure&) = default;
};

// How a job ended: with a description or with a failure.
struct MediaOutcome {
  std::optional<MediaDescription> description = {};
  std::optional<MediaFailure> failure = {};

  // Becomes true when the job is cancelled, even while `on_end` runs. A caller that cancels jobs
  // under a lock asks this under the same lock before it believes the outcome.
  std::shared_ptr<const std::atomic<bool>> is_cancelled = {};
};

struct MediaRunnerOptions {
  MediaJobOptions job = {};  // Of each job; the time that it waits does not count.

  // How many jobs may run at once; 0: one per core.
  int jobs = 0;
};

// Called from the runner's threads, with no lock of the runner held. What they throw is logged.
struct MediaRunnerHooks {
  // What the video's job is to read; nullopt: the video is gone, and the job ends without on_end.
  std::function<std::optional<MediaInput>(const std::string& video_id)> find_input = {};

  std::function<void(const std::string& video_id, const MediaProgress& progress)> on_progress = {};

  // Not called for a job that was cancelled before.
  std::function<void(const std::string& video_id, MediaOutcome outcome)> on_end = {};
};

// Runs media jobs, one per video at a time, in the order in which they were submitted.
// Thread-safe. Its threads start with the first job.
class MediaRunner {
 public:
  // REQUIRES: `blobs`, and what the hooks use, outlive the object.
  MediaRunner(MediaRunnerOptions options, storage::BlobService& blobs, MediaRunnerHooks hooks,
              Log log);

  // Cancels all jobs and waits until none runs any more. REQUIRES: no lock is held that a hook
  // needs.
  ~MediaRunner();

  MediaRunner(const MediaRunner&) = delete;
  MediaRunner& operator=(const MediaRunner&) = delete;

  // No effect if the video has a job already. Throws std::system_error if no thread can be started.
  void Submit(std::string video_id);

  // Ends the job of the video, if there is one: the tools are killed at once. Does not wait. A job
  // that is submitted afterwards is another one.
  void Cancel(std::string_view video_id);
  void CancelAll();

  // Of a job that has not ended; nullopt if there is none.
  std::optional<MediaProgress> ProgressOf(std::string_view video_id) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::processing
