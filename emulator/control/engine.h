#pragma once

#include <msc/emulator.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/control/archive/state_archive.h"
#include "emulator/control/counters.h"
#include "emulator/control/diagnostics/diagnostics.h"
#include "emulator/control/event_log.h"
#include "emulator/control/explain/explainer.h"
#include "emulator/control/faults/fault_book.h"
#include "emulator/control/journal/journal.h"
#include "emulator/control/observer.h"
#include "emulator/control/pauses.h"
#include "emulator/control/time/timeline.h"
#include "emulator/keys/key_service.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// What a test steers. REQUIRES: all outlive the engine.
struct EngineParts {
  Clock& clock;
  Random& random;
  storage::BlobService& blobs;
  keys::KeyService& keys;
  videos::VideoService& videos;
};

// Everything that tests steer and ask: one engine behind the C++ API and behind /__admin.
// Thread-safe.
class Engine {
 public:
  static constexpr std::size_t kMostSnapshots = 100;

  Engine(const EngineParts& parts, std::optional<std::uint64_t> random_seed,
         std::vector<RouteName> routes, const Log& log);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // To be called for each change of a video's state. Takes no lock of the videos.
  void OnTransition(const Transition& transition);

  const Observer& observer() const { return observer_; }
  const Clock& clock() const { return parts_.clock; }
  videos::VideoService& videos() { return parts_.videos; }
  storage::BlobService& blobs() { return parts_.blobs; }
  FaultBook& faults() { return faults_; }
  Journal& journal() { return journal_; }
  Diagnostics& diagnostics() { return diagnostics_; }
  const Explainer& explainer() const { return explainer_; }
  EventLog& events() { return events_; }
  const Counters& counters() const { return counters_; }
  Timeline& timeline() { return timeline_; }

  // kVideoNotFound.
  Result<VideoInfo> FindVideo(const std::string& id);
  std::vector<VideoInfo> Videos();  // In the order of creation.
  VideoInfo Describe(const videos::VideoDetails& details);

  // kVideoNotFound, kProgramInvalid, kVideoEnded.
  Status SetState(const std::string& id, VideoState state, int code, std::string_view reason);
  Status SetProgram(const std::string& id, const Program& program);

  // As after the start, but for what is kept.
  void Reset(const Keep& keep);

  // kControlInvalid where there are kMostSnapshots of other names.
  Status TakeSnapshot(const std::string& name);

  // kControlNotFound.
  Status RestoreSnapshot(const std::string& name);

  // All records and bytes as one archive.
  std::unique_ptr<http::BodySource> Export();

  // kArchiveInvalid; the errors of BodyReader::Read.
  Status Import(http::BodyReader& body);

  // Ends all waits and delays, those to come as well.
  void End();

 private:
  struct Snapshot {
    std::string videos;
    std::string keys;
    std::shared_ptr<const storage::BlobSnapshot> blobs;
    Clock::State clock;
    std::uint64_t random_position = 0;
  };

  std::string VideoOf(std::optional<Operation> operation, const http::Router::Match& match,
                      const http::Request& request);
  void OnRequest(const Entry& entry);
  void OnClockMove();
  void OnRecordsReplaced(const std::string& by);
  void ClearRecords();
  Snapshot Capture() const;
  void PutBack(const Snapshot& snapshot);

  const EngineParts parts_;
  const std::uint64_t random_start_;
  Pauses pauses_;
  EventLog events_;
  Counters counters_;
  Journal journal_;
  FaultBook faults_;
  Diagnostics diagnostics_;
  const Explainer explainer_;
  StateArchive archive_;
  std::mutex state_;  // Reset, snapshots and archives take turns.
  std::map<std::string, std::shared_ptr<const Snapshot>> snapshots_;
  Observer observer_;
  Timeline timeline_;  // Last: its thread calls OnTransition.
};

}  // namespace msc::control
