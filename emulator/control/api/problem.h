#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/error.h"
#include "emulator/http/response.h"

namespace msc::control {

// An error as application/problem+json (RFC 9457) with `title`, `status`, `detail` and `hint`.
http::Response Problem(const Error& error);

// The member "hint" of that response: what to do about the error.
std::string_view HintOf(const Error& error);

}  // namespace msc::control
