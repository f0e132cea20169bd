#pragma once

#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "emulator/videos/answers.h"

namespace msc::videos {

// The response of the Videos API to an error.
http::Response RenderError(const Answers& answers, const http::Request& request,
                           const Error& error);

}  // namespace msc::videos
