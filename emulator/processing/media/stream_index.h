#pragma once

#include <string_view>
#include <vector>

#include "emulator/base/nameless_file.h"
#include "emulator/base/result.h"
#include "emulator/processing/media_description.h"

// MPEG-TS files with a playlist, as ffmpeg writes them for HLS.
namespace msc::processing {

// Reads a playlist whose segments are ranges of one file. The first one begins at 0, the others
// where the one before ends. kCorruptedFile if it is not of that form.
// Source: RFC 8216, "HTTP Live Streaming", sections 4.3.2.1 and 4.3.2.2.
Result<std::vector<Fragment>> ParsePlaylist(std::string_view playlist);

// How many bytes of the segment a player needs to show its first frame: up to the end of that
// frame. The whole segment if it has only one; 0 if it has no video.
// Source: ITU-T H.222.0, sections 2.4.3.2 and 2.4.3.6.
std::uint64_t KeyFrameSize(const NamelessFile& file, const Fragment& segment);

}  // namespace msc::processing
