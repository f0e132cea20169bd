#include "emulator/control/api/copy_handlers.h"

#include <chrono>
#include <functional>

#include "emulator/control/api/answers.h"
#include "emulator/control/json/render.h"

namespace msc::control {
namespace {

using std::chrono::milliseconds;

constexpr double kLongestCopySeconds = 365.0 * 24 * 60 * 60;

milliseconds ReadCopyTime(JsonReader& reader) {
  const double seconds = reader.Number("seconds").value_or(-1);
  if (!(seconds >= 0 && seconds <= kLongestCopySeconds)) {
    reader.Refuse("seconds", "a number from 0 to a year's 31536000");
    return {};
  }
  return milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

Result<milliseconds> ReadCopyDuration(const Json& json) {
  JsonReader reader(json);
  milliseconds duration = milliseconds::zero();
  const auto progression = reader.Text("progression").value_or("");
  if (progression == "time") {
    duration = ReadCopyTime(reader);
  } else if (progression == "hold") {
    duration = storage::BlobService::kCopiesAreHeld;
  } else if (progression != "immediate") {
    reader.Refuse("progression", "time, immediate or hold", {"time", "immediate", "hold"});
  }
  if (auto done = reader.Done(); !done) return done.error();
  return duration;
}

}  // namespace

ControlRoutes CopyHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  constexpr std::string_view kPath = "/__admin/transitions/copy";
  return {
      {kGet, kPath, bind_front(&CopyHandlers::Get, this), "getCopyProgram"},
      {kPut, kPath, bind_front(&CopyHandlers::Set, this), "setCopyProgram"},
      {kDelete, kPath, bind_front(&CopyHandlers::Remove, this), "resetCopyProgram"},
  };
}

Result<http::Response> CopyHandlers::Get(const http::Request&) const {
  const auto duration = control_plane_.blobs().copy_duration();
  if (duration == milliseconds::zero()) return JsonAnswer({{"progression", "immediate"}});
  if (duration == storage::BlobService::kCopiesAreHeld) {
    return JsonAnswer({{"progression", "hold"}});
  }
  const double seconds = std::chrono::duration<double>(duration).count();
  return JsonAnswer({{"progression", "time"}, {"seconds", seconds}});
}

Result<http::Response> CopyHandlers::Set(const http::Request& request) const {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  const auto duration = ReadCopyDuration(*json);
  if (!duration) return duration.error();
  control_plane_.blobs().SetCopyDuration(*duration);
  return Get(request);
}

Result<http::Response> CopyHandlers::Remove(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  control_plane_.blobs().SetCopyDuration(milliseconds::zero());
  return Get(request);
}

}  // namespace msc::control
