#pragma once

#include <msc/video.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/read_cache.h"
#include "emulator/videos/fact_cache.h"
#include "emulator/videos/status_cache.h"
#include "emulator/videos/video.h"
#include "emulator/videos/video_rows.h"

namespace msc::videos {

// The records of the videos. Reading returns the state as of now, including transitions that are
// not written yet. Each method is one transaction, or part of the one that it is given; listeners
// are called when a change is committed. All throw std::runtime_error if the database fails.
// Thread-safe.
class VideoStore {
 public:
  // Keeps its tables in `database`. REQUIRES: the references outlive the object.
  VideoStore(sqlite::Database& database, const Clock& clock, Log log = LogToStderr());

  // VideoService::Listen.
  void Listen(VideoListeners listeners) { listeners_ = std::move(listeners); }

  // Inserts a pending video; of its progress only the program is written. kVideoExists if there is
  // a video with that id.
  Status Insert(sqlite::Transaction& transaction, const Video& video);

  // kVideoNotFound.
  Result<Video> Find(std::string_view id);
  Result<Video> Find(sqlite::Transaction& transaction, std::string_view id);

  // The progress as it was written last, without programs. For most videos it does not wait for a
  // transaction. kVideoNotFound.
  Result<processing::Progress> FindStatus(std::string_view id);

  // The video with its history. kVideoNotFound.
  Result<VideoDetails> Describe(std::string_view id);

  // The same of some or all, in the order of creation.
  std::vector<VideoDetails> DescribePage(const VideoPage& page);

  // VideoDetails::number. kVideoNotFound.
  Result<std::int64_t> NumberOf(std::string_view id);

  // How many videos are in each state, as it was written last. Counted once; then the counts are
  // kept.
  VideoCounts Count();

  // The id of the video with that asset, or with that content key. In most cases without waiting
  // for a transaction.
  std::optional<std::string> IdOfAsset(std::string_view asset_id);
  std::optional<std::string> IdOfKey(std::string_view key_id);
  std::optional<std::string> IdOfLocator(std::string_view locator_id);

  // Whether the video's upload is encrypted. In most cases without waiting for a transaction.
  // kVideoNotFound.
  Result<bool> IsInputEncrypted(std::string_view id);

  // The video with that locator, and what playback serves of it. kVideoNotFound.
  Result<PlayableVideo> FindByLocator(std::string_view locator_id);

  // The ids of the videos whose media work is not done, in the order of their creation.
  std::vector<std::string> AwaitingMedia();

  // Writes the result of media work. False, and nothing is changed, if the video does not await it.
  // kVideoNotFound.
  Result<bool> EndMedia(std::string_view id, const MediaResult& result);

  // Lets `edit` change the progress. Fires what is due first, and passes the instant to `edit`.
  // Returns the changed video. kVideoNotFound, or the error of `edit`.
  using Edit = std::function<Status(processing::Progress& progress, Time now)>;
  Result<Video> Change(std::string_view id, const Edit& edit);
  Result<Video> Change(sqlite::Transaction& transaction, std::string_view id, const Edit& edit);

  // Writes all transitions that are due, and returns them in order: by instant, then by creation.
  std::vector<Transition> FireDue();

  // Fires what is due, lets `move` move the clock, and fires what is due then, while no other
  // thread reads or writes. Returns the transitions that the move caused. `move` is given the
  // instant of NextChange.
  using ClockMove = std::function<void(std::optional<Time> next)>;
  std::vector<Transition> FireDueAround(const ClockMove& move);

  // The next transition of each video that is caused by time, in the same order.
  std::vector<Transition> Pending();

  // When time ends a step next; in the past if that is due but not written yet.
  std::optional<Time> NextChange();

  // kVideoNotFound.
  Status Delete(sqlite::Transaction& transaction, std::string_view id);

  // Deletes all videos and returns them.
  std::vector<rows::NumberedVideo> Clear(sqlite::Transaction& transaction);

  // To be called under the lock of the database after all records were replaced.
  void OnRecordsReplaced();

 private:
  std::optional<std::string> FindId(FactCache<std::string>& cache, std::string_view sql,
                                    std::string_view value);

  // Writes the transitions of `due`, and returns them.
  std::vector<Transition> Fire(sqlite::Transaction& transaction, std::vector<Video> due);
  static std::optional<Time> NextChangeLocked(sqlite::Transaction& transaction);

  // At most `most` videos with a step that time ends at `until` or before; the earliest first.
  std::vector<Video> SelectDue(sqlite::Transaction& transaction, Time until, std::size_t most);

  // Changes the counts when the transaction is committed. Absent: the video was not, or will not
  // be, there.
  void Recount(sqlite::Transaction& transaction, std::optional<VideoState> from,
               std::optional<VideoState> to);

  // Writes the progress, and puts it into the cache after the commit. `written`: the state that was
  // written before.
  void Update(sqlite::Transaction& transaction, const Video& video, VideoState written,
              const std::vector<Transition>& transitions);

  void Publish(const std::vector<Transition>& transitions) const;

  // Change, without a word to the listeners about media work.
  Result<Video> ChangeProgress(sqlite::Transaction& transaction, std::string_view id,
                               const Edit& edit);

  // After a change of the progress `before`: drops media that is out of date, and tells the
  // listeners if media work is wanted now, or not any more.
  void FollowMedia(sqlite::Transaction& transaction, const std::string& id,
                   const processing::Progress& before, const processing::Progress& after);

  std::optional<std::string> IdOfLocator(sqlite::Transaction& transaction,
                                         std::string_view locator_id);
  // `now`: when it is described; transitions that are due by then are in it.
  VideoDetails DetailsOf(sqlite::Transaction& transaction, Video video, std::int64_t number,
                         Time now);

  std::shared_ptr<const processing::MediaDescription> MediaOf(sqlite::Transaction& transaction,
                                                              const std::string& id);

  void ForgetFacts();

  sqlite::Database& database_;
  const Clock& clock_;
  const Log log_;
  VideoListeners listeners_;
  sqlite::ReadCache<std::optional<Video>> found_;
  std::optional<VideoCounts> counts_;  // Guarded by the database's lock.
  StatusCache statuses_;
  FactCache<std::string> ids_by_asset_;
  FactCache<std::string> ids_by_key_;
  FactCache<std::string> ids_by_locator_;
  FactCache<std::shared_ptr<const processing::MediaDescription>> media_;  // By id.
  FactCache<bool> input_encrypted_;                                       // By id.
};

}  // namespace msc::videos
