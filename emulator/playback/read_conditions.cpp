#include "emulator/playback/read_conditions.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"

namespace msc::playback {
namespace {

constexpr std::string_view kWeak = "W/";

// Whether a list of ETags, or "*", has this one. `weakly`: also with the mark of a weak one.
bool ListsEtag(std::string_view list, std::string_view etag, bool weakly) {
  const auto parts = Split(list, ',');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    part = Trim(part);
    if (weakly && part.starts_with(kWeak)) part.remove_prefix(kWeak.size());
    return part == "*" || part == etag;
  });
}

std::optional<Time> DateIn(const http::Request& request, std::string_view header) {
  return ParseHttpDate(request.header(header).value_or(""));
}

// nullopt: one of the times is not known. A header has whole seconds.
std::optional<bool> IsModifiedSince(std::optional<Time> last_modified, std::optional<Time> since) {
  if (!last_modified || !since) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(*last_modified) > *since;
}

}  // namespace

ReadOutcome CheckConditions(const http::Request& request, std::string_view etag,
                            std::optional<Time> last_modified) {
  if (const auto match = request.header("If-Match")) {
    if (!ListsEtag(*match, etag, /*weakly=*/false)) return ReadOutcome::kConditionNotMet;
  } else if (IsModifiedSince(last_modified, DateIn(request, "If-Unmodified-Since")) == true) {
    return ReadOutcome::kConditionNotMet;
  }
  if (const auto none = request.header("If-None-Match")) {
    return ListsEtag(*none, etag, /*weakly=*/true) ? ReadOutcome::kNotModified : ReadOutcome::kSend;
  }
  const auto changed = IsModifiedSince(last_modified, DateIn(request, "If-Modified-Since"));
  return changed == false ? ReadOutcome::kNotModified : ReadOutcome::kSend;
}

bool RangeCounts(const http::Request& request, std::string_view etag, Time last_modified) {
  const auto condition = request.header("If-Range");
  if (!condition) return true;
  if (const auto date = ParseHttpDate(*condition)) {
    return std::chrono::floor<std::chrono::seconds>(last_modified) == *date;
  }
  return *condition == etag;
}

}  // namespace msc::playback
