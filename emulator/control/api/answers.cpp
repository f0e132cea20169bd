#include "emulator/control/api/answers.h"

#include "emulator/base/text.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/render.h"

namespace msc::control {

http::Response JsonAnswer(const Json& body, int status) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = Dump(body)};
}

Result<std::int64_t> NumberIn(const http::Request& request, std::string_view capture) {
  const auto& text = request.capture(capture);
  const auto number = ParseUnsigned(text);
  if (!number || *number > INT64_MAX) {
    return Error{ControlError::kNotFound, "'" + text + "' is no id; ids are whole numbers"};
  }
  return static_cast<std::int64_t>(*number);
}

Status CheckRoom(const http::Request& request) {
  if (!request.is_last_free_thread) return Done{};
  return Error{ControlError::kNoFreeThread,
               "all threads but this one are busy, so nothing can wait here"};
}

std::chrono::milliseconds ReadTimeout(JsonReader& reader) {
  return std::chrono::milliseconds(reader.Integer("timeoutMillis", 0, 3'600'000).value_or(5000));
}

}  // namespace msc::control
