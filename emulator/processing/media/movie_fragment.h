#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/processing/media_description.h"

// The box moof, which describes the frames of a fragment, as ffmpeg's muxer of Smooth Streaming
// writes it: of one track, with its time in a box of Smooth Streaming (tfxd).
// Source: [MS-SSTR], "Smooth Streaming Protocol", section 2.2.4,
// https://learn.microsoft.com/openspecs/
namespace msc::processing {

// Times are in ticks. They may be negative.
struct FragmentTime {
  std::int64_t decoded = 0;   // When its first frame is decoded.
  std::int64_t begins = 0;    // When its first frame is presented.
  std::int64_t duration = 0;  // From then to the end of its last frame.
};

// Reads the time from a whole moof. kCorruptedFile if it is not of that form.
Result<FragmentTime> ReadFragmentTime(std::string_view moof);

// How many bytes WithDecodeTime adds.
inline constexpr std::size_t kDecodeTimeSize = 20;

// The moof with `time`, also in the box in which DASH needs it (tfdt). REQUIRES: a moof whose time
// could be read; times that are not negative.
std::string WithDecodeTime(std::string_view moof, const FragmentTime& time);

}  // namespace msc::processing
