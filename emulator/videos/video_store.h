#pragma once

#include <msc/video.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/read_cache.h"
#include "emulator/videos/fact_cache.h"
#include "emulator/videos/status_cache.h"
#include "emulator/videos/video.h"

namespace msc::videos {

// The records of the videos. What is read is as the clock has it, whether or not that has been
// written down. Each method is one transaction, or part of the one that it takes: listeners hear of
// a change when it is committed. All throw std::runtime_error if the database fails. Thread-safe.
class VideoStore {
 public:
  // Keeps its tables in `database`. REQUIRES: the references outlive the object.
  VideoStore(sqlite::Database& database, const Clock& clock);

  // VideoService::Listen.
  void Listen(VideoListeners listeners) { listeners_ = std::move(listeners); }

  // A pending video, of whose progress only the program counts. kVideoExists if there is one of
  // that id.
  Status Insert(sqlite::Transaction& transaction, const Video& video);

  // kVideoNotFound.
  Result<Video> Find(std::string_view id);
  Result<Video> Find(sqlite::Transaction& transaction, std::string_view id);

  // The progress as it was written down last, without programs; for most videos without waiting for
  // a transaction. kVideoNotFound.
  Result<processing::Progress> FindStatus(std::string_view id);

  // The video with its history. kVideoNotFound.
  Result<VideoDetails> Describe(std::string_view id);

  // The same of all, in the order of creation.
  std::vector<VideoDetails> DescribeAll();

  // The video of that asset, or of that content key; mostly without waiting for a transaction.
  std::optional<std::string> IdOfAsset(std::string_view asset_id);
  std::optional<std::string> IdOfKey(std::string_view key_id);

  // Whether the video's upload is encrypted; mostly without waiting for a transaction.
  // kVideoNotFound.
  Result<bool> IsInputEncrypted(std::string_view id);

  // Lets `edit` change the progress, settled at the instant that it is given, and returns the video
  // as it is then. kVideoNotFound, or what `edit` refuses with.
  using Edit = std::function<Status(processing::Progress& progress, Time now)>;
  Result<Video> Change(std::string_view id, const Edit& edit);
  Result<Video> Change(sqlite::Transaction& transaction, std::string_view id, const Edit& edit);

  // Writes down all that time has brought by now, and returns it in order: by instant, then by
  // creation.
  std::vector<Transition> FireDue();

  // Settles, lets `move` move the clock, and settles again, while nobody else reads or writes;
  // returns what the move brought. `move` is given the instant of NextChange.
  using ClockMove = std::function<void(std::optional<Time> next)>;
  std::vector<Transition> FireDueAround(const ClockMove& move);

  // What time will bring next to each video, in the same order.
  std::vector<Transition> Pending();

  // When time ends a step next; in the past where that has not been settled.
  std::optional<Time> NextChange();

  // kVideoNotFound.
  Status Delete(sqlite::Transaction& transaction, std::string_view id);

  // Deletes all of them, and returns them.
  std::vector<Video> Clear(sqlite::Transaction& transaction);

  // Takes note, under the lock of the database, that all records were replaced.
  void OnRecordsReplaced();

 private:
  std::optional<std::string> FindId(FactCache<std::string>& cache, std::string_view sql,
                                    std::string_view value);

  std::vector<Transition> FireDueLocked(sqlite::Transaction& transaction);
  static std::optional<Time> NextChangeLocked(sqlite::Transaction& transaction);

  // Those whose step time ends at `until` or before, the first to end first.
  std::vector<Video> SelectDue(sqlite::Transaction& transaction, Time until);

  // Writes the progress, and remembers its status once that is committed.
  void Update(sqlite::Transaction& transaction, const Video& video,
              const std::vector<Transition>& transitions);

  void Publish(const std::vector<Transition>& transitions) const;

  void ForgetFacts();

  sqlite::Database& database_;
  const Clock& clock_;
  VideoListeners listeners_;
  sqlite::ReadCache<std::optional<Video>> found_;
  StatusCache statuses_;
  FactCache<std::string> ids_by_asset_;
  FactCache<std::string> ids_by_key_;
  FactCache<bool> input_encrypted_;  // By id.
};

}  // namespace msc::videos
