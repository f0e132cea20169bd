#pragma once

#include <msc/emulator.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/data_directory.h"
#include "emulator/base/forked_child.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/control/api/control_service.h"
#include "emulator/control/control_plane.h"
#include "emulator/control/seed/seeder.h"
#include "emulator/dashboard/dashboard_service.h"
#include "emulator/http/server.h"
#include "emulator/keys/key_service.h"
#include "emulator/open_calls.h"
#include "emulator/playback/playback_service.h"
#include "emulator/request_dispatcher.h"
#include "emulator/request_pipeline.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc {

// The parts of an emulator. The constructor makes them from top to bottom, each from the ones above
// it; Start connects and starts them.
struct [[gnu::visibility("hidden")]] Emulator::Impl {
  // Binds the ports and opens the records. Throws what Emulator's constructor does.
  explicit Impl(EmulatorOptions given);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Seeds; requests are served when it returns. Throws the same. REQUIRES: called once.
  void Start();

  static constexpr const char* kAdminPath = "/__admin";

  int blob_bound_port() const { return blob_port == 0 ? port : blob_port; }
  std::string BaseUrl(int at_port) const;

  const MakingProcess process;
  const EmulatorOptions options;
  const Log log;
  http::BoundPort main_bound;                 // Both are moved
  std::optional<http::BoundPort> blob_bound;  // into the server.
  const int port;
  const int blob_port;  // 0: the main one.
  DataDirectory directory;
  const std::unique_ptr<Clock> clock;
  const std::unique_ptr<Random> random;
  sqlite::Database database;
  storage::BlobService blobs;
  keys::KeyService keys;
  videos::VideoService videos;
  const playback::PlaybackService playback;
  const control::Seeder seeder;
  control::ControlPlane control_plane;
  const control::ControlService control;
  const dashboard::DashboardService dashboard;
  const RequestDispatcher dispatcher;
  const RequestPipeline pipeline;
  const std::shared_ptr<const http::TlsContext> tls;
  std::optional<http::Server> server;  // Absent until Start.
  OpenCalls waits;                     // Calls of WaitFor and WaitForState.

 private:
  void ApplySeed();
  std::vector<http::Service> Services();
};

}  // namespace msc
