#include "emulator/control/api/video_handlers.h"

#include <functional>
#include <memory>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/control/api/answers.h"
#include "emulator/control/api/video_list.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/failure.h"
#include "emulator/control/json/render.h"
#include "emulator/processing/program_json.h"
#include "emulator/videos/video_error.h"

namespace msc::control {
namespace {

Result<std::string> IdIn(const http::Request& request) {
  auto id = ParseGuid(request.capture("id"));
  if (!id) return Error{videos::VideoError::kVideoNotFound, "a video's id is a GUID"};
  return *std::move(id);
}

VideoState ReadState(JsonReader& reader) {
  const auto state = ParseVideoState(reader.Text("state").value_or(""));
  if (!state) reader.Refuse("state", "Pending, Processing, Completed or Failed");
  return state.value_or(VideoState::kPending);
}

}  // namespace

ControlRoutes VideoHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      MayWait({kGet,
               "/__admin/videos",
               bind_front(&VideoHandlers::List, this),
               "listVideos",
               http::kJsonBodyLimit,
               {"limit", "after"}}),
      MayWait({kPost, "/__admin/videos", bind_front(&VideoHandlers::Seed, this), "addVideo"}),
      MayWait({kGet, "/__admin/videos/{id}", bind_front(&VideoHandlers::Get, this), "getVideo"}),
      {kDelete, "/__admin/videos/{id}", bind_front(&VideoHandlers::Delete, this), "deleteVideo"},
      MayWait({kPut, "/__admin/videos/{id}/state", bind_front(&VideoHandlers::SetState, this),
               "setVideoState"}),
      MayWait({kPut, "/__admin/videos/{id}/program", bind_front(&VideoHandlers::SetProgram, this),
               "setVideoProgram"}),
      MayWait({kPost, "/__admin/videos/{id}/wait", bind_front(&VideoHandlers::Wait, this),
               "waitForVideo"}),
  };
}

VideoHandlers::Answer VideoHandlers::Show(const http::Request& request, const std::string& id,
                                          int status) const {
  control_plane_.scheduler().FireDue();
  const auto details = control_plane_.videos().Find(id);
  if (!details) return details.error();
  auto budget = BudgetOf(request);
  return JsonText(VideoText(control_plane_, request, *details, budget), status);
}

VideoHandlers::Answer VideoHandlers::List(const http::Request& request) const {
  const auto limit = NumberParameter(request, "limit", INT64_MAX);
  if (!limit) return limit.error();
  const auto after = NumberBefore(request);
  if (!after) return after.error();
  control_plane_.scheduler().FireDue();
  auto list = std::make_unique<VideoList>(control_plane_, request, *after, *limit);
  if (auto whole = list->TakeIfShort()) return JsonText(*std::move(whole));

  http::Response response{.headers = {{"Content-Type", "application/json"}}};
  response.source = std::move(list);
  return response;
}

// The number of the video that `after` names; 0 if it is absent.
Result<std::int64_t> VideoHandlers::NumberBefore(const http::Request& request) const {
  const auto after = request.parameter("after");
  if (!after) return std::int64_t{0};
  const auto id = ParseGuid(*after);
  if (id) {
    if (const auto number = control_plane_.videos().NumberOf(*id)) return *number;
  }
  return Error{ControlError::kInvalidArgument,
               "after: '" + *after + "' is not allowed; it must be the id of a video"};
}

VideoHandlers::Answer VideoHandlers::Get(const http::Request& request) const {
  const auto id = IdIn(request);
  if (!id) return id.error();
  return Show(request, *id);
}

VideoHandlers::Answer VideoHandlers::Seed(const http::Request& request) const {
  const auto json = ReadJson(request);
  if (!json) return json.error();

  const auto id = seeder_.SeedJson(*json);
  if (!id) return id.error();

  return Show(request, *id, 201);
}

VideoHandlers::Answer VideoHandlers::Delete(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  const auto id = IdIn(request);
  if (!id) return id.error();

  if (auto deleted = control_plane_.videos().Delete(*id); !deleted) return deleted.error();

  return JsonAnswer({{"id", *id}});
}

VideoHandlers::Answer VideoHandlers::SetState(const http::Request& request) const {
  const auto id = IdIn(request);
  if (!id) return id.error();
  const auto json = ReadJson(request);
  if (!json) return json.error();
  JsonReader reader(*json);
  const VideoState state = ReadState(reader);
  const auto [code, reason] = ReadFailure(reader);
  if (auto done = reader.Done(); !done) return done.error();

  if (auto set = control_plane_.SetState(*id, state, code, reason); !set) return set.error();

  return Show(request, *id);
}

VideoHandlers::Answer VideoHandlers::SetProgram(const http::Request& request) const {
  const auto id = IdIn(request);
  if (!id) return id.error();
  const auto json = ReadJson(request);
  if (!json) return json.error();
  const auto program = processing::ParseProgram(json->dump());
  if (!program) return program.error();

  if (auto set = control_plane_.SetProgram(*id, *program); !set) return set.error();

  return Show(request, *id);
}

VideoHandlers::Answer VideoHandlers::Wait(const http::Request& request) const {
  if (auto may = CheckMayWait(request); !may) return may.error();
  const auto id = IdIn(request);
  if (!id) return id.error();
  const auto json = ReadJson(request);
  if (!json) return json.error();
  JsonReader reader(*json);
  const VideoState wanted = ReadState(reader);
  const auto timeout = ReadTimeout(reader);
  if (auto done = reader.Done(); !done) return done.error();

  const auto reached =
      control_plane_.scheduler().WaitFor(*id, wanted, timeout, request.is_client_gone);
  if (!reached) return Error{videos::VideoError::kVideoNotFound, "there is no video " + *id};
  return Show(request, *id, *reached == wanted ? 200 : 408);
}

}  // namespace msc::control
