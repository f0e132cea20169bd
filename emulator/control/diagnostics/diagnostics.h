#pragma once

#include <msc/video.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/mutex.h"
#include "emulator/base/result.h"
#include "emulator/control/journal/request_record.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// How a client has polled a video.
struct Polling {
  int polls = 0;
  std::optional<std::chrono::milliseconds> min_interval = {};
  int polls_after_end = 0;
};

// Finds what a client does that would fail with the real service or cost money. Thread-safe.
class Diagnostics {
 public:
  using Listener = std::function<void(const Diagnostic&)>;

  // REQUIRES: the references outlive the object.
  Diagnostics(const Clock& clock, videos::VideoService& videos, storage::BlobService& blobs);

  // From now on `on_found` is called when a diagnostic is found for the first time. REQUIRES: no
  // other thread uses the object yet.
  void Listen(Listener on_found) { on_found_ = std::move(on_found); }

  // Examines a request that was answered.
  void Note(const Entry& entry);

  // The diagnostics of a video, including those that are open now and would remain if the client
  // stopped: tokens that were not used to fetch a key, a protected video that is played without its
  // key, blocks that were not committed. `container`: of its upload; empty: the video was deleted.
  std::vector<Diagnostic> Of(const std::string& video_id, const std::string& container);

  // The diagnostics of all videos, including deleted ones.
  std::vector<Diagnostic> All();

  Polling PollingOf(const std::string& video_id) const;

  void Clear();

 private:
  // Kept small: there may be one for each of 100,000 videos.
  struct Track {
    std::chrono::steady_clock::time_point last_poll{};
    std::int32_t min_interval_ms = -1;  // -1: polled at most once.
    std::int32_t polls = 0;
    std::int32_t polls_after_end = 0;
    bool was_told_end = false;
    bool has_token = false;
    bool has_key = false;
    bool has_fragment = false;
    std::uint8_t fragments_since_key = 0;  // Up to 255.
    std::uint8_t keys_in_step = 0;         // Fetched after one or two fragments each, in a row.
    Time token_at{};
    Time fragment_at{};  // Of the first one.
  };

  void NotePoll(const RequestRecord& record, const std::string& answer);
  void NoteMarkComplete(const RequestRecord& record);
  void NoteUpload(const RequestRecord& record, std::string_view body);
  void NoteToken(const RequestRecord& record);
  void NoteKey(const RequestRecord& record);
  void NoteManifest(const RequestRecord& record);
  void NoteFragment(const RequestRecord& record);
  void NoteFraming(const RequestRecord& record);
  // `head`: the first bytes of the request's body.
  void CheckContent(const RequestRecord& record, std::string_view head);

  // The first bytes of what was uploaded for the video.
  Result<Bytes> StoredHead(const std::string& video_id) const;
  void Found(DiagnosticCode code, const RequestRecord& record, std::string message);
  void AddOpen(const std::string& video_id, const std::string& container,
               std::vector<Diagnostic>& diagnostics);
  void AddOpenPlayback(const std::string& video_id, std::vector<Diagnostic>& diagnostics);

  // The videos that may have diagnostics, including deleted ones.
  std::set<std::string> Suspects();

  const Clock& clock_;
  videos::VideoService& videos_;
  storage::BlobService& blobs_;
  Listener on_found_;
  mutable Mutex mutex_;
  // Both by the video's id.
  std::unordered_map<std::string, Track> tracks_ MSC_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<Diagnostic>> diagnostics_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::control
