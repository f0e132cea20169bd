#pragma once

#include <chrono>

#include "emulator/control/json/json_reader.h"
#include "emulator/http/response.h"

namespace msc::control {

http::Response JsonAnswer(const Json& body, int status = 200);

// {"<name>": id} of a path that should be a number; kNotFound where it is none.
Result<std::int64_t> NumberIn(const http::Request& request, std::string_view capture);

// kNoFreeThread where the server has no other thread than this one, which is for short requests.
Status CheckRoom(const http::Request& request);

// "timeoutMillis", at most an hour; 5 s where it is absent.
std::chrono::milliseconds ReadTimeout(JsonReader& reader);

}  // namespace msc::control
