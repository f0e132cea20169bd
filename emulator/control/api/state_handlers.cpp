#include "emulator/control/api/state_handlers.h"

#include <functional>

#include "emulator/control/api/answers.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

constexpr std::string_view kArchiveType = "application/x-tar";

Result<Keep> ReadKeep(const Json& json) {
  JsonReader reader(json);
  Keep keep;
  for (const auto& name : reader.Texts("keep")) {
    bool* const what = name == "clock"      ? &keep.clock
                       : name == "faults"   ? &keep.faults
                       : name == "videos"   ? &keep.videos
                       : name == "requests" ? &keep.requests
                       : name == "program"  ? &keep.program
                                            : nullptr;
    if (what == nullptr) {
      reader.Refuse("keep", "names out of clock, faults, videos, requests, program");
    } else {
      *what = true;
    }
  }
  if (auto done = reader.Done(); !done) return done.error();
  return keep;
}

}  // namespace

ControlRoutes StateHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      {kPost, "/__admin/reset", bind_front(&StateHandlers::Reset, this), "reset"},
      {kGet, "/__admin/snapshots", bind_front(&StateHandlers::ListSnapshots, this),
       "listSnapshots"},
      {kPost, "/__admin/snapshots/{name}", bind_front(&StateHandlers::TakeSnapshot, this),
       "takeSnapshot"},
      {kPost, "/__admin/snapshots/{name}/restore",
       bind_front(&StateHandlers::RestoreSnapshot, this), "restoreSnapshot"},
      {kDelete, "/__admin/snapshots/{name}", bind_front(&StateHandlers::DeleteSnapshot, this),
       "deleteSnapshot"},
      {kGet, "/__admin/state", bind_front(&StateHandlers::Export, this), "exportState"},
      MayWait({kPut, "/__admin/state", bind_front(&StateHandlers::Import, this), "importState",
               http::kNoBodyLimit}),
      {kPost, "/__admin/shutdown", bind_front(&StateHandlers::Shutdown, this), "shutdown"},
  };
}

StateHandlers::Answer StateHandlers::Reset(const http::Request& request) const {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  const auto keep = ReadKeep(*json);
  if (!keep) return keep.error();
  if (auto reset = control_plane_.Reset(*keep); !reset) return reset.error();
  return JsonAnswer(Json::object());
}

StateHandlers::Answer StateHandlers::ListSnapshots(const http::Request&) const {
  Json snapshots = Json::array();
  for (const auto& name : control_plane_.SnapshotNames()) snapshots.push_back({{"name", name}});
  return JsonAnswer({{"snapshots", std::move(snapshots)}});
}

StateHandlers::Answer StateHandlers::TakeSnapshot(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  const auto& name = request.capture("name");
  if (auto taken = control_plane_.TakeSnapshot(name); !taken) return taken.error();
  return JsonAnswer({{"name", name}}, 201);
}

StateHandlers::Answer StateHandlers::RestoreSnapshot(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  const auto& name = request.capture("name");
  if (auto restored = control_plane_.RestoreSnapshot(name); !restored) return restored.error();
  return JsonAnswer({{"name", name}});
}

StateHandlers::Answer StateHandlers::DeleteSnapshot(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  const auto& name = request.capture("name");
  if (!control_plane_.DeleteSnapshot(name)) {
    return Error{ControlError::kNotFound, "there is no snapshot called '" + name + "'"};
  }
  return JsonAnswer({{"name", name}});
}

StateHandlers::Answer StateHandlers::Export(const http::Request&) const {
  http::Response response{.headers = {{"Content-Type", std::string(kArchiveType)}}};
  response.source = control_plane_.Export();
  return response;
}

StateHandlers::Answer StateHandlers::Import(const http::Request& request) const {
  if (auto may = CheckMayWait(request); !may) return may.error();
  if (request.body == nullptr) {
    return Error{ControlError::kInvalidArgument, "the body must be an archive, as GET gives it"};
  }
  if (auto imported = control_plane_.Import(*request.body); !imported) return imported.error();
  return JsonAnswer(Json::object());
}

StateHandlers::Answer StateHandlers::Shutdown(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  if (!shutdown_) {
    return Error{ControlError::kShutdownRefused,
                 "this emulator is part of another process, which ends it"};
  }
  auto response = JsonAnswer({{"status", "stopping"}});
  response.after = shutdown_;
  return response;
}

}  // namespace msc::control
