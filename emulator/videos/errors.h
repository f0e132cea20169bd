#pragma once

#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "emulator/videos/answers.h"

namespace msc::videos {

// How the Videos API tells of an error.
http::Response RenderError(const Answers& answers, const http::Request& request,
                           const Error& error);

}  // namespace msc::videos
