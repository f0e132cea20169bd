#include "emulator/control/api/program_handlers.h"

#include <chrono>
#include <functional>
#include <limits>

#include "emulator/control/api/answers.h"
#include "emulator/control/json/render.h"
#include "emulator/processing/program_json.h"

namespace msc::control {
namespace {

using std::chrono::milliseconds;

constexpr double kLongestSeconds = 365.0 * 24 * 60 * 60;

Program ReadTime(JsonReader& reader) {
  const double seconds = reader.Number("seconds").value_or(-1);
  if (!(seconds >= 0 && seconds <= kLongestSeconds)) {
    reader.Refuse("seconds", "a number from 0 to a year's 31536000");
    return {};
  }
  return Program::AfterTime(milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

Program ReadPolls(JsonReader& reader) {
  const auto times = reader.Integer("times", 1, std::numeric_limits<int>::max());
  if (!times) reader.Refuse("times", "a whole number above 0");
  return Program::AfterPolls(static_cast<int>(times.value_or(1)));
}

// The program in {"progression":…} or, for other programs, {"steps":[…]}.
Result<Program> ReadProgram(const Json& json) {
  JsonReader reader(json);
  if (reader.Has("steps")) return processing::ParseProgram(Dump(json));
  Program program;
  const auto progression = reader.Text("progression").value_or("");
  if (progression == "time") {
    program = ReadTime(reader);
  } else if (progression == "polls") {
    program = ReadPolls(reader);
  } else if (progression == "immediate") {
    program = Program::Immediate();
  } else if (progression == "hold") {
    program = Program::Hold();
  } else {
    reader.Refuse("progression", "time, polls, immediate or hold",
                  {"time", "polls", "immediate", "hold"});
  }
  if (auto done = reader.Done(); !done) return done.error();
  return program;
}

Json ProgressionJson(const Program& program) {
  if (program == Program::Hold()) return {{"progression", "hold"}};
  if (program == Program::Immediate()) return {{"progression", "immediate"}};
  const Step& first = program.steps.front();
  if (first.polls && program == Program::AfterPolls(*first.polls)) {
    return {{"progression", "polls"}, {"times", *first.polls}};
  }
  if (first.duration && program == Program::AfterTime(*first.duration)) {
    const double seconds = std::chrono::duration<double>(*first.duration).count();
    return {{"progression", "time"}, {"seconds", seconds}};
  }
  return Json::parse(processing::ProgramJson(program));
}

}  // namespace

ControlRoutes ProgramHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  constexpr std::string_view kPath = "/__admin/transitions/video";
  return {
      {kGet, kPath, bind_front(&ProgramHandlers::Get, this), "getDefaultProgram"},
      {kPut, kPath, bind_front(&ProgramHandlers::Set, this), "setDefaultProgram"},
      {kDelete, kPath, bind_front(&ProgramHandlers::Remove, this), "resetDefaultProgram"},
  };
}

Result<http::Response> ProgramHandlers::Get(const http::Request&) const {
  return JsonAnswer(ProgressionJson(
      control_plane_.videos().DefaultProgram().value_or(Program::AfterTime(processing_time_))));
}

Result<http::Response> ProgramHandlers::Set(const http::Request& request) const {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  const auto program = ReadProgram(*json);
  if (!program) return program.error();

  if (auto set = control_plane_.videos().SetDefaultProgram(*program); !set) return set.error();

  return Get(request);
}

Result<http::Response> ProgramHandlers::Remove(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  (void)control_plane_.videos().SetDefaultProgram(std::nullopt);
  return Get(request);
}

}  // namespace msc::control
