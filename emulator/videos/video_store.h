#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video.h"

namespace msc::videos {

// What the state of a video depends on.
struct Progress {
  std::string video_id;
  std::optional<Time> completes;  // Absent until it is marked complete.
};

// The records of the videos. Each method is one transaction and throws std::runtime_error on a
// fault of the database. Thread-safe.
class VideoStore {
 public:
  // Keeps videos.db in `data_directory`; empty: in memory. REQUIRES: the clock outlives the object.
  VideoStore(const std::string& data_directory, const Clock& clock,
             Durability durability = Durability::kProcess);

  // REQUIRES: there is none of that id.
  void Insert(const Video& video);

  // kVideoNotFound.
  Result<Video> Find(std::string_view id);

  // The same of the little that its state depends on. kVideoNotFound.
  Result<Progress> FindProgress(std::string_view id);

  // Sets the time from now to Completed; no effect on a video that has one, or that is gone.
  void MarkComplete(std::string_view id, std::chrono::milliseconds processing_time);

  // All of them, in no order.
  std::vector<Video> List();

  // kVideoNotFound.
  Status Delete(std::string_view id);

  // Those that complete after `after` and not after `until`, the first to complete first.
  std::vector<Progress> FindCompleting(Time after, Time until);

 private:
  const Clock& clock_;
  sqlite::Database database_;
};

}  // namespace msc::videos
