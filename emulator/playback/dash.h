#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "emulator/playback/links.h"
#include "emulator/processing/media_description.h"

namespace msc::playback {

// The manifest of MPEG DASH: a media presentation description. Source: "Dynamic packaging in Media
// Services", section "MPEG-DASH", Microsoft,
// https://learn.microsoft.com/en-us/azure/media-services/latest/encode-dynamic-packaging-concept
std::string DashManifest(const processing::MediaDescription& media,
                         const std::optional<Protection>& protection, const Links& links);

// A duration as in ISO 8601, without zeros at the end: "PT1M10.315S".
std::string IsoDuration(std::chrono::milliseconds duration);

}  // namespace msc::playback
