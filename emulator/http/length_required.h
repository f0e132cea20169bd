#pragma once

#include "emulator/base/clock.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::http {

// Whether a POST or PUT says neither how long its body is nor that it comes in chunks.
bool LacksLength(const Request& request);

// What the service's web server (HTTP.sys) answers to such a request, before any application sees
// it. It ends the connection.
Response LengthRequiredAnswer(Time now);

}  // namespace msc::http
