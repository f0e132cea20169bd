#pragma once

#include <optional>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/http/request.h"

namespace msc::playback {

enum class ReadOutcome { kSend, kNotModified, kConditionNotMet };

// What the conditional headers of a GET or HEAD say about a representation. `etag` with its quotes;
// `last_modified` is absent if it is not known. Invalid dates are ignored. Source: RFC 9110, "HTTP
// Semantics", section 13.2.2, https://www.rfc-editor.org/rfc/rfc9110
ReadOutcome CheckConditions(const http::Request& request, std::string_view etag,
                            std::optional<Time> last_modified);

// Whether the range of a request counts: `If-Range` is absent, or names exactly this version.
bool RangeCounts(const http::Request& request, std::string_view etag, Time last_modified);

}  // namespace msc::playback
