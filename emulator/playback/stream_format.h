#pragma once

#include <optional>
#include <string_view>

namespace msc::playback {

// A way to stream, as the word after `format=` names it. Source: "Dynamic packaging in Media
// Services", Microsoft,
// https://learn.microsoft.com/en-us/azure/media-services/latest/encode-dynamic-packaging-concept
enum class StreamFormat {
  kSmooth,  // Has no name: no format is given.
  kHls,     // HTTP Live Streaming, version 4: a playlist for each track.
  kHlsV3,   // The same, version 3: audio and video in one.
  kDash,
};

// "m3u8-aapl"; empty for kSmooth.
std::string_view NameOf(StreamFormat format);

// The format with that name, in any case; nullopt if there is none.
std::optional<StreamFormat> FindFormat(std::string_view name);

inline bool IsHls(StreamFormat format) {
  return format == StreamFormat::kHls || format == StreamFormat::kHlsV3;
}

}  // namespace msc::playback
