#pragma once

#include <functional>

#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::http {

// Serves a request; never throws. Called from many threads at once.
using Application = std::function<Response(Request&)>;

}  // namespace msc::http
