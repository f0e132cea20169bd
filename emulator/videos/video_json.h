#pragma once

#include <msc/video.h>

#include <optional>
#include <string>
#include <string_view>

#include "emulator/videos/video.h"

namespace msc::videos {

// Whether a Video shows the key and the vector with which its upload is encrypted.
enum class Secrets { kShown, kHidden };

// The JSON bodies of the API: compact, members in the service's order. Source:
// fixtures/wire/README.md.
std::string VideoJson(const Video& video, const std::optional<std::string>& upload_uri,
                      Secrets secrets);
// The code and the reason are those of a failed video; an empty reason stands for the service's own
// text.
std::string StatusJson(VideoState state, int failure_code = kDefaultFailureCode,
                       std::string_view failure_reason = {});
std::string TokenJson(const std::string& token);
std::string FormatsJson();
std::string ThumbnailsJson(const std::string& url);
std::string PlaybackJson(std::string_view type, const std::string& url);

}  // namespace msc::videos
