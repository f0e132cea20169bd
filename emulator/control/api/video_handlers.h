#pragma once

#include <msc/video.h>

#include "emulator/control/api/control_route.h"
#include "emulator/control/api/json_reader.h"
#include "emulator/control/engine.h"
#include "emulator/control/seed/planter.h"

namespace msc::control {

// /__admin/videos: what the emulator knows of videos, and what can be done to them. Thread-safe.
// REQUIRES: the references outlive the object.
class VideoHandlers {
 public:
  VideoHandlers(Engine& engine, const Planter& planter) : engine_(engine), planter_(planter) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  using Answer = Result<http::Response>;

  Answer List(const http::Request& request) const;
  Answer Get(const http::Request& request) const;
  Answer Plant(const http::Request& request) const;
  Answer SetState(const http::Request& request) const;
  Answer SetProgram(const http::Request& request) const;
  Answer Wait(const http::Request& request) const;
  Answer Show(const http::Request& request, const std::string& id, int status = 200) const;
  Json VideoJson(const http::Request& request, const videos::VideoDetails& details) const;

  Engine& engine_;
  const Planter& planter_;
};

}  // namespace msc::control
