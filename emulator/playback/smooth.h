#pragma once

#include <optional>
#include <string>

#include "emulator/playback/links.h"
#include "emulator/processing/media_description.h"

namespace msc::playback {

// The manifest of Smooth Streaming. Source: "Dynamic packaging in Media Services", section "Smooth
// Streaming", Microsoft,
// https://learn.microsoft.com/en-us/azure/media-services/latest/encode-dynamic-packaging-concept
std::string SmoothManifest(const processing::MediaDescription& media,
                           const std::optional<Protection>& protection, const Links& links);

}  // namespace msc::playback
