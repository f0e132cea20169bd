#pragma once

#include <optional>
#include <string_view>

#include "emulator/base/error.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::playback {

// {"Error":{"Code":…,"Message":…}} with the status of the error.
http::Response RenderError(const http::Request& request, const Error& error);

// The response to an injected error.
http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code);

// The response to OPTIONS; nullopt for other methods.
Result<std::optional<http::Response>> AnswerPreflight(const http::Request& request);

// Adds the headers that all responses share, and puts all headers into their order. Clients must
// ask each time whether what they have is current, because a repeated run with the same random seed
// has the same URLs.
void Complete(const http::Request& request, http::Response& response, std::string_view date);

}  // namespace msc::playback
