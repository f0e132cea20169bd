#include "emulator/control/api/answers.h"

#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/json/render.h"

namespace msc::control {

http::Response JsonAnswer(const Json& body, int status) { return JsonText(Dump(body), status); }

http::Response JsonText(std::string text, int status) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(text)};
}

Result<std::uint64_t> NumberParameter(const http::Request& request, std::string_view name,
                                      std::uint64_t otherwise) {
  const auto text = request.parameter(name);
  if (!text) return otherwise;
  const auto number = ParseUnsigned(*text);
  if (number) return *number;
  return Error{ControlError::kInvalidArgument,
               std::string(name) + ": '" + *text + "' is not allowed; it must be a whole number"};
}

Result<std::int64_t> NumberIn(const http::Request& request, std::string_view capture) {
  const auto& text = request.capture(capture);
  const auto number = ParseUnsigned(text);
  if (!number || *number > INT64_MAX) {
    return Error{
        ControlError::kNotFound,
        "'" + text +
            "' is not an id; ids are whole numbers, and explain also takes an x-ms-request-id"};
  }
  return static_cast<std::int64_t>(*number);
}

Status CheckMayWait(const http::Request& request) {
  if (!request.must_not_wait) return Done{};
  return Error{ControlError::kNoFreeThread,
               "all threads but a few are busy, and those are kept for short requests"};
}

std::chrono::milliseconds ReadTimeout(JsonReader& reader) {
  return std::chrono::milliseconds(reader.Integer("timeoutMillis", 0, 3'600'000).value_or(5000));
}

}  // namespace msc::control
