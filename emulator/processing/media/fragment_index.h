#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/base/nameless_file.h"
#include "emulator/base/result.h"
#include "emulator/processing/media/movie_fragment.h"

namespace msc::processing {

// The most fragments that a track may have: 33 hours of them.
inline constexpr std::size_t kMostFragments = 20'000;

// The duration of a fragment of which none is known: that of a single picture.
inline constexpr std::int64_t kShortestDuration = kTicksPerSecond / 25;

// Where a fragment is in a file of ffmpeg's muxer of Smooth Streaming.
struct FileFragment {
  FragmentTime time = {};
  std::uint64_t offset = 0;     // Of its moof; mdat follows.
  std::uint64_t moof_size = 0;  // With the header.
  std::uint64_t mdat_size = 0;
};

// A file with one track.
struct FragmentIndex {
  std::string header = {};  // The initialization segment: ftyp and moov.
  std::vector<FileFragment> fragments = {};
};

// Reads the file, which may have no fragment. Each fragment lasts to the beginning of the next one.
// kCorruptedFile if the file is not of that form, or its times do not grow.
Result<FragmentIndex> IndexFragments(const NamelessFile& file);

// Reads `size` bytes. Throws std::runtime_error if the file ends before.
std::string ReadBytes(const NamelessFile& file, std::uint64_t offset, std::uint64_t size);

}  // namespace msc::processing
