#pragma once

#include "emulator/base/clock.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::http {

// Whether a POST or PUT has neither a length nor a chunked body.
bool LacksLength(const Request& request);

// The response of the service's web server (HTTP.sys) to such a request, which the application
// never sees. It closes the connection.
Response LengthRequiredAnswer(Time now);

}  // namespace msc::http
