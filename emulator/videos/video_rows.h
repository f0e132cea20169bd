#pragma once

#include <msc/video.h>

#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/log.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video.h"

// SQL statements on single videos, as part of the caller's transaction. All throw
// std::runtime_error if the database fails.
namespace msc::videos::rows {

// Inserts a pending video; of its progress only the program is written. False if there is a video
// with that id.
bool Insert(sqlite::Transaction& transaction, const Video& video);

// The last version that was written; nullopt if there is no video with that id.
// A program that is invalid is logged and counts as none.
std::optional<Video> Select(sqlite::Transaction& transaction, std::string_view id, const Log& log);

// A video and its number.
struct NumberedVideo {
  Video video;
  std::int64_t number;
};

// The same for a part of all videos, in the order of creation.
std::vector<NumberedVideo> SelectPage(sqlite::Transaction& transaction, const VideoPage& page,
                                      const Log& log);

// nullopt if there is no video with that id.
std::optional<std::int64_t> SelectNumber(sqlite::Transaction& transaction, std::string_view id);

// Reads an index of all videos.
VideoCounts CountByState(sqlite::Transaction& transaction);

// Only the progress, without programs; read from an index.
std::optional<processing::Progress> SelectStatus(sqlite::Transaction& transaction,
                                                 std::string_view id);

// Writes the progress of an existing video, and the transitions that led to it.
void Update(sqlite::Transaction& transaction, const Video& video,
            const std::vector<Transition>& transitions);

// The transitions that Update wrote, oldest first. Those between unknown states are left out.
std::vector<Transition> SelectHistory(sqlite::Transaction& transaction, const std::string& id);

}  // namespace msc::videos::rows
