#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/processing/media_description.h"

namespace msc::processing {

// Reads the initialization segment of a track with H.264 or AAC: its kind, codecs, private data,
// size, channels and sampling rate. kCorruptedFile if it is something else.
Result<Track> ParseTrackHeader(std::string_view segment);

}  // namespace msc::processing
