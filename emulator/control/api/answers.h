#pragma once

#include <chrono>

#include "emulator/control/json/json_reader.h"
#include "emulator/http/response.h"

namespace msc::control {

http::Response JsonAnswer(const Json& body, int status = 200);

// `text`: JSON.
http::Response JsonText(std::string text, int status = 200);

// A number in the query; `otherwise` if it is absent. kInvalidArgument.
Result<std::uint64_t> NumberParameter(const http::Request& request, std::string_view name,
                                      std::uint64_t otherwise);

// The number in a segment of the path; kNotFound if it is not a number.
Result<std::int64_t> NumberIn(const http::Request& request, std::string_view capture);

// kNoFreeThread if the request must not wait.
Status CheckMayWait(const http::Request& request);

// "timeoutMillis", at most an hour; 5 s if it is absent.
std::chrono::milliseconds ReadTimeout(JsonReader& reader);

}  // namespace msc::control
