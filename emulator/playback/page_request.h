#pragma once

#include <string_view>

#include "emulator/http/request.h"

namespace msc::playback {

// Browsers add it to each request of a page or of its players, and other programs do not. Source:
// Fetch Metadata Request Headers, W3C, https://www.w3.org/TR/fetch-metadata/
inline constexpr std::string_view kFetchMode = "Sec-Fetch-Mode";

// Whether a page asks. Players in pages need two things that differ from what the service sent:
// Chromium's own player takes a vector after "0x" alone, not after "0X"; and Shaka Player decrypts
// initialization segments, too, so they must be encrypted.
inline bool IsFromPage(const http::Request& request) {
  return request.header(kFetchMode).has_value();
}

}  // namespace msc::playback
