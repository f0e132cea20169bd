#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/nameless_file.h"
#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "emulator/processing/media/fragment_index.h"
#include "emulator/processing/media/media_plan.h"
#include "emulator/processing/media/tool_runner.h"

namespace msc::processing {

// A stream of a normalized MP4 that has frames.
struct NormalizedTrack {
  PlannedTrack plan = {};
  int stream = 0;  // Its index in the normalized MP4.
};

// A file to be stored, and the parts that it has.
struct PackagedFile {
  NamelessFile* file = nullptr;
  NamelessFile* playlist = nullptr;  // Of a transport stream.
};

// The files of one track.
struct PackagedTrack {
  Track track = {};
  PackagedFile mp4 = {};
  FragmentIndex index = {};  // Of `mp4`.
  PackagedFile ts = {};
  PackagedFile muxed = {};  // If it has video and sound.
};

// A normalized MP4 as fragments, in files.
struct Package {
  std::int64_t presentation_offset = 0;
  std::vector<PackagedTrack> tracks = {};
};

// Makes the files. The tracks are not empty; the video, if there is one, is first. Tracks without
// any fragment are left out. kCorruptedFile if none is left; the errors of ToolRunner::Run. Throws
// std::runtime_error. REQUIRES: `files` outlives the package.
Result<Package> MakePackage(const MediaTools& programs, const NamelessFile& normalized,
                            const std::vector<NormalizedTrack>& tracks, JobFiles& files,
                            ToolRunner& tools, const ToolRunner::LineReader& on_line);

// Stores a blob with that name, content type and content.
using StoreBlob = std::function<Status(const std::string& blob, std::string_view content_type,
                                       http::BodyReader& body)>;

// Stores all files, and removes the bytes of each when it is stored. The errors of `store`.
Status StorePackage(const Package& package, const StoreBlob& store,
                    const Cancellation& cancellation);

// How many blobs StorePackage stores.
int CountBlobs(const Package& package);

}  // namespace msc::processing
