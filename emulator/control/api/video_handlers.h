#pragma once

#include <msc/video.h>

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"
#include "emulator/control/json/json_reader.h"
#include "emulator/control/seed/seeder.h"

namespace msc::control {

// /__admin/videos: shows and changes videos. Thread-safe. REQUIRES: the references outlive the
// object.
class VideoHandlers {
 public:
  VideoHandlers(ControlPlane& control_plane, const Seeder& seeder)
      : control_plane_(control_plane), seeder_(seeder) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  using Answer = Result<http::Response>;

  Answer List(const http::Request& request) const;
  Answer Get(const http::Request& request) const;
  Answer Seed(const http::Request& request) const;
  Answer Delete(const http::Request& request) const;
  Answer SetState(const http::Request& request) const;
  Answer SetProgram(const http::Request& request) const;
  Answer Wait(const http::Request& request) const;
  Answer Show(const http::Request& request, const std::string& id, int status = 200) const;
  Result<std::int64_t> NumberBefore(const http::Request& request) const;

  ControlPlane& control_plane_;
  const Seeder& seeder_;
};

}  // namespace msc::control
