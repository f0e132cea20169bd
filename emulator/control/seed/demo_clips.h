#pragma once

#include <string_view>

namespace msc::control {

// The bytes of clips in fixtures/media/, of eight seconds each.
extern const std::string_view kAuroraClip;
extern const std::string_view kChordClip;  // Without a picture.
extern const std::string_view kLifeClip;
extern const std::string_view kRibbonsClip;

}  // namespace msc::control
