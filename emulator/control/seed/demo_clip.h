#pragma once

#include <string_view>

namespace msc::control {

// The bytes of fixtures/media/clip.mp4.
extern const std::string_view kDemoClip;

}  // namespace msc::control
