#pragma once

#include <msc/video.h>

#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/keys/key_service.h"
#include "emulator/videos/video.h"
#include "emulator/videos/video_service.h"
#include "emulator/videos/video_store.h"
#include "storage_stub/blob_service.h"

namespace msc::videos {

// What can be done with videos, whoever asks: keeps records, containers and keys in step. The
// record alone decides whether a video is there and marked; containers, policies and keys are made
// before it and go after it, and what the end of the process leaves of them is swept at the next
// start. Ids are GUIDs in lower case. Thread-safe.
class VideoCatalog {
 public:
  // Throws std::runtime_error where the records cannot be opened. REQUIRES: the references outlive
  // the object.
  VideoCatalog(const VideoServiceOptions& options, const Clock& clock, Random& random,
               storage::BlobService& blobs, keys::KeyService& keys, Log log);

  // A pending video with its container, upload policy and, where asked for, keys.
  Result<Video> Create(const NewVideo& wanted);

  // kVideoNotFound.
  Result<Video> Find(const std::string& id);

  // Find of a completed video. Also kVideoNotReady.
  Result<Video> FindReady(const std::string& id);

  // kVideoNotFound. Reads no more than the state depends on.
  Result<VideoState> FindState(const std::string& id);

  // Closes the upload URL and starts processing; no effect the second time. kVideoNotFound;
  // kNothingUploaded where the options are strict.
  Status MarkComplete(const std::string& id);

  // With container and key. kVideoNotFound.
  Status Delete(const std::string& id);

  // KeyService::IssueToken. kVideoNotFound; kKeyNotFound unless the video is protected with that
  // key.
  Result<std::string> IssueToken(const std::string& id, std::string_view key_id,
                                 std::string_view host);

  // The shared access signature of the upload URL, as a query; always the same.
  std::string UploadSignature(const Video& video) const;

  // One from now on for reading the poster.
  std::string PosterSignature(const Video& video) const;

  // What the clock did from `after` (exclusive) to `until` (inclusive), in order.
  std::vector<Transition> TransitionsBetween(Time after, Time until);

 private:
  // Deletes containers, policies and keys that no record wants.
  void Sweep();

  // kNothingUploaded where that matters; else only the log tells.
  Status CheckUploaded(const Video& video) const;

  const VideoServiceOptions& options_;
  const Clock& clock_;
  Random& random_;
  storage::BlobService& blobs_;
  keys::KeyService& keys_;
  const Log log_;
  VideoStore store_;
};

}  // namespace msc::videos
