#pragma once

#include <msc/emulator.h>

#include <cstdint>
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
#include "emulator/control/archive/emulator_state.h"
#include "emulator/control/archive/named_snapshots.h"
#include "emulator/control/archive/state_archive.h"
#include "emulator/control/counters.h"
#include "emulator/control/diagnostics/diagnostics.h"
#include "emulator/control/events/event_log.h"
#include "emulator/control/explain/explainer.h"
#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/control/faults/fault_registry.h"
#include "emulator/control/journal/journal.h"
#include "emulator/control/media_work.h"
#include "emulator/control/request_log.h"
#include "emulator/control/time/transition_scheduler.h"
#include "emulator/http/application.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// The parts that the control plane works on. REQUIRES: all outlive the control plane.
struct ControlPlaneParts {
  Clock& clock;
  Random& random;
  sqlite::Database& database;
  storage::BlobService& blobs;
  videos::VideoService& videos;
};

// Everything that tests control and ask, behind both the C++ API and /__admin. Thread-safe.
class ControlPlane {
 public:
  ControlPlane(const ControlPlaneParts& parts, std::optional<std::uint64_t> random_seed,
               std::vector<RouteName> routes, RequestLogOptions request_log, MediaWorkOptions media,
               const Log& log);
  ~ControlPlane();
  ControlPlane(const ControlPlane&) = delete;
  ControlPlane& operator=(const ControlPlane&) = delete;

  // Connects the listeners and starts the scheduler's thread. REQUIRES: called once, before any
  // request is served.
  void Start();

  // To be called when a request was written to the journal.
  void OnRequest(const Entry& entry);

  // Writes a request that no route table has seen to the journal and to the log. Never throws.
  void OnRejection(const http::Rejection& rejection) noexcept;

  const Clock& clock() const { return parts_.clock; }
  videos::VideoService& videos() { return parts_.videos; }
  storage::BlobService& blobs() { return parts_.blobs; }
  ExpressionBudget& expressions() { return expressions_; }
  FaultRegistry& faults() { return faults_; }
  CancellableDelays& delays() { return delays_; }
  Journal& journal() { return journal_; }
  Diagnostics& diagnostics() { return diagnostics_; }
  const Explainer& explainer() const { return explainer_; }
  const RequestLog& request_log() const { return request_log_; }
  EventLog& events() { return events_; }
  const MediaWork& media() const { return media_; }
  const Counters& counters() const { return counters_; }
  TransitionScheduler& scheduler() { return scheduler_; }

  // kVideoNotFound.
  Result<VideoInfo> FindVideo(const std::string& id);
  std::vector<VideoInfo> Videos();  // In the order of creation.
  videos::VideoCounts CountVideos();

  // `budget`: for the hash of the upload.
  VideoInfo Describe(const videos::VideoDetails& details, storage::HashBudget& budget);

  // kVideoNotFound, kProgramInvalid, kVideoEnded.
  Status SetState(const std::string& id, VideoState state, int code, std::string_view reason);
  Status SetProgram(const std::string& id, const Program& program);

  // Sets everything back to how it was after the start, except what is kept. The errors of
  // EmulatorState::Clear.
  Status Reset(const Keep& keep);

  // The errors of NamedSnapshots::Put.
  Status TakeSnapshot(const std::string& name);

  // kNotFound; the errors of EmulatorState::Restore.
  Status RestoreSnapshot(const std::string& name);

  // False if there is no snapshot with that name.
  bool DeleteSnapshot(const std::string& name);
  std::vector<std::string> SnapshotNames();  // In alphabetical order.

  // All records and bytes as one archive.
  std::unique_ptr<http::BodySource> Export();

  // kArchiveInvalid; the errors of BodyReader::Read and of EmulatorState::Restore.
  Status Import(http::BodyReader& body);

  // Ends all waits and delays, and all later ones at once.
  void End();

 private:
  void OnTransition(const Transition& transition);
  void OnClockMove();
  void OnRecordsReplaced(const std::string& by);
  Status ImportRead(http::BodyReader& body);

  const ControlPlaneParts parts_;
  const std::uint64_t random_start_;
  const Log log_;
  CancellableDelays delays_;
  EventLog events_;
  Counters counters_;
  Journal journal_;
  ExpressionBudget expressions_;
  FaultRegistry faults_;
  Diagnostics diagnostics_;
  const Explainer explainer_;
  const RequestLog request_log_;
  EmulatorState state_;
  const StateArchive archive_;
  Mutex state_mutex_;  // One reset, restore or import at a time.
  NamedSnapshots snapshots_ MSC_GUARDED_BY(state_mutex_);
  TransitionScheduler scheduler_;  // The last but one: its thread calls OnTransition.
  MediaWork media_;                // Last: its threads end the work of videos.
};

}  // namespace msc::control
