#pragma once

#include <msc/video.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/mutex.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/keys/key_service.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video.h"
#include "emulator/videos/video_service.h"
#include "emulator/videos/video_store.h"
#include "storage_stub/blob_service.h"

namespace msc::videos {

// The operations on videos, for the Videos API and the control API. A video, its container with the
// upload policy, and its key are created, changed and deleted in one transaction. Ids are GUIDs in
// lower case. Thread-safe.
class VideoCatalog {
 public:
  // Throws std::runtime_error if the tables cannot be created. REQUIRES: the references outlive the
  // object; `database` is that of `blobs` and `keys`.
  VideoCatalog(const VideoServiceOptions& options, sqlite::Database& database, const Clock& clock,
               Random& random, storage::BlobService& blobs, keys::KeyService& keys, Log log);

  // Creates a pending video with its container, its upload policy and, if they are asked for, its
  // keys. kVideoExists; kParameterInvalid for an id that is not a GUID.
  Result<Video> Create(const NewVideo& wanted);

  // kVideoNotFound.
  Result<Video> Find(const std::string& id);

  // Finds a completed video. Also kVideoNotReady.
  Result<Video> FindReady(const std::string& id);

  // The progress, without programs. kVideoNotFound.
  Result<processing::Progress> FindStatus(const std::string& id);

  // The same for a client's GET Status, which counts as a poll and may end a step. kVideoNotFound.
  Result<processing::Progress> Poll(const std::string& id);

  // Closes the upload URL and starts the video's program; no effect the second time.
  // kVideoNotFound; kNothingUploaded if the options are strict.
  Status MarkComplete(const std::string& id);

  // VideoService documents the following methods.
  Status SetState(const std::string& id, VideoState state, int code, std::string_view reason);
  Result<Video> Seed(const NewVideo& wanted, VideoState state, int code, std::string_view reason);
  Status SetProgram(const std::string& id, const Program& program);
  Status SetDefaultProgram(const std::optional<Program>& program);
  std::optional<Program> DefaultProgram() const;
  void Clear();

  // Also deletes its container and its key. kVideoNotFound.
  Status Delete(const std::string& id);

  // Calls KeyService::IssueToken. kVideoNotFound; kKeyNotFound unless the video is protected with
  // that key.
  Result<std::string> IssueToken(const std::string& id, std::string_view key_id,
                                 std::string_view host);

  // The shared access signature of the upload URL, as a query; always the same for a video.
  std::string UploadSignature(const Video& video) const;

  // A signature to read the poster, valid from now on.
  std::string PosterSignature(const Video& video) const;

  // The records, for reading only.
  VideoStore& store() { return store_; }

 private:
  // The methods with the same names, as part of the caller's transaction. `wants_media`: whether
  // media work on the upload is to be done.
  Result<Video> Create(sqlite::Transaction& transaction, const NewVideo& wanted);
  Status SetState(sqlite::Transaction& transaction, const std::string& id, VideoState state,
                  int code, std::string_view reason, bool wants_media);

  // Whether media work is done here, and there is an upload for it.
  bool WantsMedia(const Video& video) const;

  // Creates the container and the policy for the upload.
  Status OpenUpload(sqlite::Transaction& transaction, const Video& video);

  // Deletes everything of a video except its record.
  void Discard(sqlite::Transaction& transaction, const Video& video);

  // Changes the state with `edit` to `to` or, if that is kProcessing, to the first state of its
  // program; opens or closes the upload URL accordingly. kVideoNotFound.
  Status ChangeState(sqlite::Transaction& transaction, const std::string& id, VideoState to,
                     const std::function<void(processing::Progress&, Time)>& edit);

  // The program of videos that have none of their own.
  Program ProgramOtherwise() const;

  // kNothingUploaded if the options are strict; otherwise it is only logged.
  Status CheckUploaded(const Video& video) const;

  const VideoServiceOptions& options_;
  sqlite::Database& database_;
  const Clock& clock_;
  Random& random_;
  storage::BlobService& blobs_;
  keys::KeyService& keys_;
  const Log log_;
  VideoStore store_;

  mutable Mutex program_mutex_;
  std::optional<Program> default_program_ MSC_GUARDED_BY(program_mutex_);
};

}  // namespace msc::videos
