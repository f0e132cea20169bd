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

// What can be done with videos, whoever asks. A video, its container with the upload policy, and
// its key come, change and go in one transaction. Ids are GUIDs in lower case. Thread-safe.
class VideoCatalog {
 public:
  // Throws std::runtime_error if the tables cannot be made. REQUIRES: the references outlive the
  // object; `database` is that of `blobs` and `keys`.
  VideoCatalog(const VideoServiceOptions& options, sqlite::Database& database, const Clock& clock,
               Random& random, storage::BlobService& blobs, keys::KeyService& keys, Log log);

  // A pending video with its container, upload policy and, where asked for, keys. kVideoExists;
  // kParameterInvalid for an id that is no GUID.
  Result<Video> Create(const NewVideo& wanted);

  // kVideoNotFound.
  Result<Video> Find(const std::string& id);

  // Find of a completed video. Also kVideoNotReady.
  Result<Video> FindReady(const std::string& id);

  // Where it stands, without programs. kVideoNotFound.
  Result<processing::Progress> FindStatus(const std::string& id);

  // The same for a client that asks, which may be what moves the video on. kVideoNotFound.
  Result<processing::Progress> Poll(const std::string& id);

  // Closes the upload URL and starts the video's program; no effect the second time.
  // kVideoNotFound; kNothingUploaded where the options are strict.
  Status MarkComplete(const std::string& id);

  // VideoService says what the following do.
  Status SetState(const std::string& id, VideoState state, int code, std::string_view reason);
  Result<Video> Seed(const NewVideo& wanted, VideoState state, int code, std::string_view reason);
  Status SetProgram(const std::string& id, const Program& program);
  Status SetDefaultProgram(const std::optional<Program>& program);
  std::optional<Program> DefaultProgram() const;
  void Clear();

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

  // The records, for what is no more than a question to them.
  VideoStore& store() { return store_; }

 private:
  // What the methods of the same names do, as part of a transaction.
  Result<Video> Create(sqlite::Transaction& transaction, const NewVideo& wanted);
  Status SetState(sqlite::Transaction& transaction, const std::string& id, VideoState state,
                  int code, std::string_view reason);

  // The container and the policy that uploads need.
  Status OpenUpload(sqlite::Transaction& transaction, const Video& video);

  // Deletes what a video has beside its record.
  void Discard(sqlite::Transaction& transaction, const Video& video);

  // Moves the video by `edit` to the state `to` or, if that is kProcessing, to what its program
  // begins with, and lets its upload URL follow. kVideoNotFound.
  Status ChangeState(sqlite::Transaction& transaction, const std::string& id, VideoState to,
                     const std::function<void(processing::Progress&, Time)>& edit);

  // What runs videos that have no program of their own.
  Program ProgramOtherwise() const;

  // kNothingUploaded where that matters; else only the log tells.
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
