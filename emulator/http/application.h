#pragma once

#include <functional>
#include <string>

#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::http {

// Serves a request; never throws. Called from many threads at once.
using Application = std::function<Response(Request&)>;

// A request that the server rejected, so that no application saw it.
struct Rejection {
  int status = 0;
  std::string message = {};       // What is wrong, for people.
  std::string request_line = {};  // As received, at most 2 KiB; empty: there was none.
};

// Called after a rejection; must not throw. Called from many threads at once.
using OnRejection = std::function<void(const Rejection&)>;

}  // namespace msc::http
