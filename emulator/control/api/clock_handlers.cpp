#include "emulator/control/api/clock_handlers.h"

#include <chrono>
#include <functional>

#include "emulator/base/time_format.h"
#include "emulator/control/api/answers.h"
#include "emulator/control/json/render.h"
#include "emulator/control/time/clock_limits.h"

namespace msc::control {
namespace {

using Fired = std::vector<Transition>;

Fired Freeze(JsonReader& reader, TransitionScheduler& scheduler) {
  std::optional<Time> instant;
  if (const auto text = reader.Text("instant")) {
    instant = ParseIso8601(*text);
    if (!instant || !IsClockInstant(*instant)) {
      reader.Refuse("instant", kClockInstants);
    }
  }
  return reader.Done() ? scheduler.Freeze(instant) : Fired();
}

Fired Advance(JsonReader& reader, Time now, TransitionScheduler& scheduler) {
  const auto by = reader.Integer("durationMillis", 0, kLongestAdvance.count());
  if (!by) {
    reader.Refuse("durationMillis", "a whole number of milliseconds");
  } else if (!IsClockAdvance(now, std::chrono::milliseconds(*by))) {
    reader.Refuse("durationMillis", "so little that the clock stays before the year 9999");
  }
  return reader.Done() ? scheduler.Advance(std::chrono::milliseconds(*by)) : Fired();
}

Fired Scale(JsonReader& reader, TransitionScheduler& scheduler) {
  const double factor = reader.Number("factor").value_or(0);
  if (!IsClockFactor(factor)) reader.Refuse("factor", kClockFactors);
  return reader.Done() ? scheduler.Scale(factor) : Fired();
}

Fired Act(std::string_view action, JsonReader& reader, Time now, TransitionScheduler& scheduler) {
  if (action == "freeze") return Freeze(reader, scheduler);
  if (action == "advance") return Advance(reader, now, scheduler);
  if (action == "scale") return Scale(reader, scheduler);
  const bool is_next = action == "advanceToNext";
  if (!is_next && action != "reset") {
    reader.Refuse("action", "freeze, advance, advanceToNext, scale or reset");
  }
  if (!reader.Done()) return {};
  return is_next ? scheduler.AdvanceToNext() : scheduler.Reset();
}

}  // namespace

ControlRoutes ClockHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      {kGet, "/__admin/clock", bind_front(&ClockHandlers::Get, this), "getClock"},
      {kPut, "/__admin/clock", bind_front(&ClockHandlers::MoveClock, this), "setClock"},
  };
}

http::Response ClockHandlers::Answer(const Fired& fired) const {
  const auto state = control_plane_.clock().Save();
  return JsonAnswer({{"mode", Name(state.mode)},
                     {"factor", state.factor},
                     {"currentInstant", FormatMillis(state.now)},
                     {"currentEpochMillis", state.now.time_since_epoch().count()},
                     {"pending", PendingJson(control_plane_.videos().Pending())},
                     {"fired", TransitionsJson(fired)}});
}

Result<http::Response> ClockHandlers::Get(const http::Request&) const {
  control_plane_.scheduler().FireDue();
  return Answer({});
}

Result<http::Response> ClockHandlers::MoveClock(const http::Request& request) const {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  JsonReader reader(*json);
  const auto action = reader.Text("action").value_or("");
  const auto fired = Act(action, reader, control_plane_.clock().Now(), control_plane_.scheduler());
  if (auto done = reader.Done(); !done) return done.error();
  return Answer(fired);
}

}  // namespace msc::control
