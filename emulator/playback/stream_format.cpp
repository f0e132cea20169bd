#include "emulator/playback/stream_format.h"

#include <stdexcept>

#include "emulator/base/text.h"

namespace msc::playback {

std::string_view NameOf(StreamFormat format) {
  switch (format) {
    case StreamFormat::kSmooth:
      return "";
    case StreamFormat::kHls:
      return "m3u8-aapl";
    case StreamFormat::kHlsV3:
      return "m3u8-aapl-v3";
    case StreamFormat::kDash:
      return "mpd-time-csf";
  }
  throw std::logic_error("StreamFormat out of range");
}

std::optional<StreamFormat> FindFormat(std::string_view name) {
  for (const auto format : {StreamFormat::kHls, StreamFormat::kHlsV3, StreamFormat::kDash}) {
    if (EqualsIgnoringCase(name, NameOf(format))) return format;
  }
  return std::nullopt;
}

}  // namespace msc::playback
