#include "emulator/processing/program_json.h"

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "emulator/base/json_shape.h"
#include "emulator/base/nearest.h"
#include "emulator/processing/program.h"

namespace msc::processing {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kSteps = "steps";
constexpr std::string_view kState = "state";
constexpr std::string_view kForMillis = "forMillis";
constexpr std::string_view kPolls = "polls";
constexpr std::string_view kCode = "code";
constexpr std::string_view kReason = "reason";

ordered_json StepJson(const Step& step) {
  ordered_json json = {{kState, Name(step.state)}};
  if (step.duration) json[kForMillis] = step.duration->count();
  if (step.polls) json[kPolls] = *step.polls;
  if (step.state == VideoState::kFailed) {
    json[kCode] = step.code;
    if (!step.reason.empty()) json[kReason] = step.reason;
  }
  return json;
}

template <typename T>
bool Fits(const ordered_json& value) {
  if (value.is_number_unsigned()) return std::in_range<T>(value.get<std::uint64_t>());
  return value.is_number_integer() && std::in_range<T>(value.get<std::int64_t>());
}

template <typename T>
Status TakeNumber(std::string_view name, const ordered_json& value, T& target) {
  if (!Fits<T>(value)) {
    return ProgramInvalid(std::string(name) + " is " + value.dump() +
                          "; it must be a whole number, and not so large");
  }
  target = value.get<T>();
  return Done{};
}

Status TakeState(const ordered_json& value, VideoState& state) {
  const auto parsed = value.is_string() ? ParseVideoState(value.get<std::string>()) : std::nullopt;
  if (!parsed) {
    return ProgramInvalid("state is " + value.dump() +
                          "; it must be Processing, Completed or Failed");
  }
  state = *parsed;
  return Done{};
}

Status TakeDuration(const ordered_json& value, Step& step) {
  std::int64_t millis = 0;
  auto taken = TakeNumber(kForMillis, value, millis);
  step.duration = std::chrono::milliseconds(millis);
  return taken;
}

Status TakeReason(const ordered_json& value, std::string& reason) {
  if (!value.is_string()) return ProgramInvalid("reason must be a string");
  reason = value.get<std::string>();
  return Done{};
}

Status Take(const std::string& name, const ordered_json& value, Step& step) {
  if (name == kState) return TakeState(value, step.state);
  if (name == kForMillis) return TakeDuration(value, step);
  if (name == kPolls) return TakeNumber(kPolls, value, step.polls.emplace());
  if (name == kCode) return TakeNumber(kCode, value, step.code);
  if (name == kReason) return TakeReason(value, step.reason);
  return ProgramInvalid("a step has no member '" + name +
                        "'; it has state, forMillis or polls, code and reason" +
                        DidYouMean(name, {kState, kForMillis, kPolls, kCode, kReason}));
}

Result<Step> ReadStep(const ordered_json& json) {
  if (!json.is_object() || !json.contains(kState)) {
    return ProgramInvalid("each of the steps must be an object with the member state");
  }
  Step step;
  for (const auto& [name, value] : json.items()) {
    if (auto taken = Take(name, value, step); !taken) return taken.error();
  }
  const bool is_failure = json.contains(kCode) || json.contains(kReason);
  if (is_failure && step.state != VideoState::kFailed) {
    return ProgramInvalid("code and reason are members of Failed steps alone");
  }
  return step;
}

}  // namespace

std::string ProgramJson(const Program& program) {
  auto steps = ordered_json::array();
  for (const auto& step : program.steps) steps.push_back(StepJson(step));
  return ordered_json{{kSteps, std::move(steps)}}.dump();
}

Result<Program> ParseProgram(std::string_view text) {
  if (const auto problem = JsonShapeProblem(text)) {
    return ProgramInvalid("the program is too much: " + *problem);
  }
  const auto json = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains(kSteps) || !json[kSteps].is_array()) {
    return ProgramInvalid(R"(a program is JSON such as {"steps":[{"state":"Completed"}]})");
  }
  for (const auto& [name, value] : json.items()) {
    if (name != kSteps) return ProgramInvalid("a program has no member '" + name + "', only steps");
  }
  Program program;
  for (const auto& item : json[kSteps]) {
    auto step = ReadStep(item);
    if (!step) return step.error();
    program.steps.push_back(*std::move(step));
  }
  return program;
}

}  // namespace msc::processing
