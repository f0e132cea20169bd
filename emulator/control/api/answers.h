#pragma once

#include <chrono>

#include "emulator/control/json/json_reader.h"
#include "emulator/http/response.h"

namespace msc::control {

http::Response JsonAnswer(const Json& body, int status = 200);

// The number in a segment of the path; kNotFound if it is not a number.
Result<std::int64_t> NumberIn(const http::Request& request, std::string_view capture);

// kNoFreeThread if the server has no other free thread: this one must be kept for short requests.
Status CheckRoom(const http::Request& request);

// "timeoutMillis", at most an hour; 5 s if it is absent.
std::chrono::milliseconds ReadTimeout(JsonReader& reader);

}  // namespace msc::control
