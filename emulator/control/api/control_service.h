#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "emulator/base/log.h"
#include "emulator/control/api/clock_handlers.h"
#include "emulator/control/api/copy_handlers.h"
#include "emulator/control/api/document_handlers.h"
#include "emulator/control/api/fault_handlers.h"
#include "emulator/control/api/guard.h"
#include "emulator/control/api/info_handlers.h"
#include "emulator/control/api/program_handlers.h"
#include "emulator/control/api/request_handlers.h"
#include "emulator/control/api/state_handlers.h"
#include "emulator/control/api/video_handlers.h"
#include "emulator/control/control_plane.h"
#include "emulator/control/seed/seeder.h"
#include "emulator/http/router.h"

namespace msc::control {

struct ControlOptions {
  GuardOptions guard = {};
  std::string version = {};

  // The options of the emulator, as JSON.
  std::string config = "{}";

  std::chrono::milliseconds processing_time{0};

  // Called to end the process; null: the control API cannot end it.
  std::function<void()> shutdown = nullptr;
};

// The control API under /__admin: a thin layer over ControlPlane. Thread-safe.
class ControlService {
 public:
  // REQUIRES: the references outlive the object.
  ControlService(ControlOptions options, ControlPlane& control_plane, const Seeder& seeder,
                 Log log);

  // Everything below /__admin. REQUIRES: the service outlives it.
  const http::Router& router() const { return router_; }

 private:
  ControlRoutes Routes() const;
  http::Response Index() const;

  const Guard guard_;
  const std::string version_;
  const ClockHandlers clock_;
  const DocumentHandlers documents_;
  const FaultHandlers faults_;
  const InfoHandlers info_;
  const CopyHandlers copies_;
  const ProgramHandlers programs_;
  const RequestHandlers requests_;
  const StateHandlers state_;
  const VideoHandlers videos_;
  const http::Router router_;
};

}  // namespace msc::control
