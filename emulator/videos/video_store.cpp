#include "emulator/videos/video_store.h"

#include <utility>

#include "emulator/videos/media_rows.h"
#include "emulator/videos/video_error.h"
#include "emulator/videos/video_rows.h"
#include "emulator/videos/video_rules.h"
#include "migrations.h"

namespace msc::videos {
namespace {

constexpr std::string_view kVideosSubject = "videos";

constexpr std::string_view kSelectIdByAsset = R"sql(
  SELECT id FROM video WHERE asset_id = :value
)sql";

constexpr std::string_view kSelectIdByKey = R"sql(
  SELECT id FROM video WHERE key_id = :value
)sql";

constexpr std::string_view kSelectDueVideos = R"sql(
  SELECT id FROM video WHERE next_ms <= :until_ms ORDER BY next_ms, created LIMIT :most
)sql";

constexpr std::string_view kSelectNextDue = R"sql(
  SELECT next_ms FROM video WHERE next_ms IS NOT NULL ORDER BY next_ms LIMIT 1
)sql";

constexpr std::string_view kDeleteVideoRow = R"sql(
  DELETE FROM video WHERE id = :id RETURNING state
)sql";

constexpr std::string_view kDeleteVideoRows = R"sql(
  DELETE FROM video
)sql";

// How many transitions are written in one transaction.
constexpr std::size_t kFiredAtOnce = 500;
constexpr std::size_t kAllDue = INT64_MAX;

Error NotFound(std::string_view id) {
  return {VideoError::kVideoNotFound, "there is no video " + std::string(id)};
}

Video WithDueFired(Video video, Time now) {
  (void)processing::FireDue(video.id, video.progress, now);
  return video;
}

}  // namespace

VideoStore::VideoStore(sqlite::Database& database, const Clock& clock, Log log)
    : database_(database), clock_(clock), log_(std::move(log)) {
  database_.Migrate(kVideosSubject, kMigrations, VideoRules());
}

Status VideoStore::Insert(sqlite::Transaction& transaction, const Video& video) {
  if (!rows::Insert(transaction, video)) {
    return Error{VideoError::kVideoExists, "there is a video " + video.id + " already"};
  }
  Recount(transaction, std::nullopt, VideoState::kPending);
  transaction.OnCommit([this, id = video.id] { statuses_.Put(id, {}); });
  return Done{};
}

Result<Video> VideoStore::Find(std::string_view id) {
  auto transaction = database_.Read();
  return Find(transaction, id);
}

Result<Video> VideoStore::Find(sqlite::Transaction& transaction, std::string_view id) {
  auto video = found_.Get(transaction, id, [&] { return rows::Select(transaction, id, log_); });
  if (!video) return NotFound(id);
  return WithDueFired(*std::move(video), clock_.Now());
}

Result<processing::Progress> VideoStore::FindStatus(std::string_view id) {
  if (auto known = statuses_.Find(id)) return *std::move(known);
  auto transaction = database_.Read();
  auto status = rows::SelectStatus(transaction, id);
  if (!status) return NotFound(id);
  statuses_.Put(std::string(id), *status);
  return *std::move(status);
}

VideoDetails VideoStore::DetailsOf(sqlite::Transaction& transaction, Video video,
                                   std::int64_t number, Time now) {
  auto history = rows::SelectHistory(transaction, video.id);
  if (auto due = processing::FireDue(video.id, video.progress, now)) history.push_back(*due);
  const auto& progress = video.progress;
  return {.video = video,
          .number = number,
          .state = progress.state,
          .failure_code = progress.failure_code,
          .failure_reason = progress.failure_reason,
          .history = std::move(history),
          .media = MediaOf(transaction, video.id)};
}

Result<VideoDetails> VideoStore::Describe(std::string_view id) {
  auto transaction = database_.Read();
  auto video = rows::Select(transaction, id, log_);
  if (!video) return NotFound(id);
  const auto number = rows::SelectNumber(transaction, id).value_or(0);
  return DetailsOf(transaction, *std::move(video), number, clock_.Now());
}

std::vector<VideoDetails> VideoStore::DescribePage(const VideoPage& page) {
  auto transaction = database_.Read();
  const Time now = clock_.Now();
  std::vector<VideoDetails> described;
  for (auto& [video, number] : rows::SelectPage(transaction, page, log_)) {
    described.push_back(DetailsOf(transaction, std::move(video), number, now));
  }
  return described;
}

Result<std::int64_t> VideoStore::NumberOf(std::string_view id) {
  auto transaction = database_.Read();
  const auto number = rows::SelectNumber(transaction, id);
  if (!number) return NotFound(id);
  return *number;
}

VideoCounts VideoStore::Count() {
  auto transaction = database_.Read();
  if (!counts_) counts_ = rows::CountByState(transaction);
  return *counts_;
}

void VideoStore::Recount(sqlite::Transaction& transaction, std::optional<VideoState> from,
                         std::optional<VideoState> to) {
  if (from == to) return;
  transaction.OnCommit([this, from, to] {
    if (!counts_) return;
    if (from) --counts_->at(static_cast<std::size_t>(*from));
    if (to) ++counts_->at(static_cast<std::size_t>(*to));
  });
}

std::optional<std::string> VideoStore::IdOfAsset(std::string_view asset_id) {
  return FindId(ids_by_asset_, kSelectIdByAsset, asset_id);
}

std::optional<std::string> VideoStore::IdOfKey(std::string_view key_id) {
  return FindId(ids_by_key_, kSelectIdByKey, key_id);
}

std::optional<std::string> VideoStore::FindId(FactCache<std::string>& cache, std::string_view sql,
                                              std::string_view value) {
  if (auto known = cache.Find(value)) return known;
  auto transaction = database_.Read();
  auto select = transaction.Prepare(sql);
  select.Bind(":value", value);
  if (!select.Step()) return std::nullopt;
  std::string id = select.Text(0);
  cache.Put(value, id);
  return id;
}

Result<bool> VideoStore::IsInputEncrypted(std::string_view id) {
  if (const auto known = input_encrypted_.Find(id)) return *known;
  auto transaction = database_.Read();
  const auto video = Find(transaction, id);
  if (!video) return video.error();
  const bool is_encrypted = video->input_encryption.has_value();
  input_encrypted_.Put(id, is_encrypted);
  return is_encrypted;
}

Result<PlayableVideo> VideoStore::FindByLocator(std::string_view locator_id) {
  auto transaction = database_.Read();
  const auto id = IdOfLocator(transaction, locator_id);
  if (!id) {
    return Error{VideoError::kVideoNotFound, "no video has the locator " + std::string(locator_id)};
  }
  auto video = Find(transaction, *id);
  if (!video) return video.error();
  return PlayableVideo{*std::move(video), MediaOf(transaction, *id)};
}

std::optional<std::string> VideoStore::IdOfLocator(std::string_view locator_id) {
  if (auto known = ids_by_locator_.Find(locator_id)) return known;
  auto transaction = database_.Read();
  return IdOfLocator(transaction, locator_id);
}

std::optional<std::string> VideoStore::IdOfLocator(sqlite::Transaction& transaction,
                                                   std::string_view locator_id) {
  if (auto known = ids_by_locator_.Find(locator_id)) return known;
  auto id = rows::SelectIdByLocator(transaction, locator_id);
  if (id) ids_by_locator_.Put(locator_id, *id);
  return id;
}

std::shared_ptr<const processing::MediaDescription> VideoStore::MediaOf(
    sqlite::Transaction& transaction, const std::string& id) {
  if (auto known = media_.Find(id)) return *known;
  auto media = rows::SelectMedia(transaction, id, log_);
  media_.Put(id, media);
  return media;
}

std::vector<std::string> VideoStore::AwaitingMedia() {
  auto transaction = database_.Read();
  return rows::SelectAwaitingMedia(transaction);
}

Result<bool> VideoStore::EndMedia(std::string_view id, const MediaResult& result) {
  auto transaction = database_.Write();
  bool was_awaited = false;
  const auto changed =
      ChangeProgress(transaction, id, [&](processing::Progress& progress, Time now) {
        was_awaited = progress.awaits_media && !(result.is_obsolete && result.is_obsolete());
        if (was_awaited) processing::EndMedia(progress, result.failure, now);
        return Status(Done{});
      });
  if (!changed) return changed.error();
  if (!was_awaited) return false;
  if (result.media) {
    rows::PutMedia(transaction, id, *result.media);
  } else {
    rows::DeleteMedia(transaction, id, result.problem);
  }
  transaction.OnCommit([this] { media_.Clear(); });
  transaction.Commit();
  return true;
}

void VideoStore::FollowMedia(sqlite::Transaction& transaction, const std::string& id,
                             const processing::Progress& before,
                             const processing::Progress& after) {
  const bool is_wanted = after.awaits_media && !before.awaits_media;
  const bool is_unwanted = before.awaits_media && !after.awaits_media;
  const bool is_reopened = after.state == VideoState::kPending && before.state != after.state;
  if (is_wanted || is_reopened) rows::DeleteMedia(transaction, id);
  if (!is_wanted && !is_unwanted && !is_reopened) return;
  transaction.OnCommit([this, id, is_wanted, is_unwanted] {
    media_.Clear();
    if (is_wanted && listeners_.on_media_wanted) listeners_.on_media_wanted(id);
    if (is_unwanted && listeners_.on_media_unwanted) listeners_.on_media_unwanted(id);
  });
}

Result<Video> VideoStore::Change(std::string_view id, const Edit& edit) {
  auto transaction = database_.Write();
  auto changed = Change(transaction, id, edit);
  if (changed) transaction.Commit();
  return changed;
}

Result<Video> VideoStore::Change(sqlite::Transaction& transaction, std::string_view id,
                                 const Edit& edit) {
  processing::Progress before;
  auto changed = ChangeProgress(transaction, id, [&](processing::Progress& progress, Time now) {
    before = progress;
    return edit(progress, now);
  });
  if (changed) FollowMedia(transaction, changed->id, before, changed->progress);
  return changed;
}

Result<Video> VideoStore::ChangeProgress(sqlite::Transaction& transaction, std::string_view id,
                                         const Edit& edit) {
  // Read inside the transaction, so that transitions are written and reported in the order of time.
  const Time now = clock_.Now();
  auto video = rows::Select(transaction, id, log_);
  if (!video) return NotFound(id);
  const VideoState written = video->state();
  std::vector<Transition> transitions;
  if (auto due = processing::FireDue(video->id, video->progress, now)) transitions.push_back(*due);

  const VideoState from = video->state();
  if (auto edited = edit(video->progress, now); !edited) return edited.error();

  const VideoState to = video->state();
  if (to != from) transitions.push_back({.at = now, .video_id = video->id, .from = from, .to = to});
  Update(transaction, *video, written, transitions);
  transaction.OnCommit([this, transitions] { Publish(transitions); });
  return *std::move(video);
}

void VideoStore::Update(sqlite::Transaction& transaction, const Video& video, VideoState written,
                        const std::vector<Transition>& transitions) {
  rows::Update(transaction, video, transitions);
  Recount(transaction, written, video.state());
  transaction.OnCommit(
      [this, id = video.id, progress = video.progress] { statuses_.Put(id, progress); });
}

std::vector<Transition> VideoStore::FireDue() {
  // Usually there is nothing to write.
  const auto next = NextChange();
  if (!next || *next > clock_.Now()) return {};

  std::vector<Transition> transitions;
  std::size_t count = 0;
  do {  // In steps, so that other threads need not wait for all of it.
    auto transaction = database_.WriteFromReserve();
    auto due = SelectDue(transaction, clock_.Now(), kFiredAtOnce);
    count = due.size();
    const auto fired = Fire(transaction, std::move(due));
    transaction.Commit();
    Publish(fired);
    transitions.insert(transitions.end(), fired.begin(), fired.end());
  } while (count == kFiredAtOnce);
  return transitions;
}

std::vector<Transition> VideoStore::FireDueAround(const ClockMove& move) {
  auto transaction = database_.WriteFromReserve();
  const auto before = Fire(transaction, SelectDue(transaction, clock_.Now(), kAllDue));
  move(NextChangeLocked(transaction));
  auto brought = Fire(transaction, SelectDue(transaction, clock_.Now(), kAllDue));
  transaction.Commit();
  Publish(before);
  Publish(brought);
  return brought;
}

std::vector<Transition> VideoStore::Fire(sqlite::Transaction& transaction, std::vector<Video> due) {
  const Time now = clock_.Now();
  std::vector<Transition> transitions;
  for (auto& video : due) {
    const VideoState written = video.state();
    const auto fired = processing::FireDue(video.id, video.progress, now);
    if (fired) transitions.push_back(*fired);
    Update(transaction, video, written, fired ? std::vector{*fired} : std::vector<Transition>());
  }
  return transitions;
}

std::vector<Transition> VideoStore::Pending() {
  auto transaction = database_.Read();
  const Time now = clock_.Now();
  std::vector<Transition> pending;
  for (auto& video : SelectDue(transaction, Time::max(), kAllDue)) {
    video = WithDueFired(std::move(video), now);
    if (auto next = processing::NextChange(video.id, video.progress)) {
      pending.push_back(*std::move(next));
    }
  }
  return pending;
}

std::optional<Time> VideoStore::NextChange() {
  auto transaction = database_.Read();
  return NextChangeLocked(transaction);
}

std::optional<Time> VideoStore::NextChangeLocked(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectNextDue);
  if (!select.Step()) return std::nullopt;
  return select.TimeAt(0);
}

Status VideoStore::Delete(sqlite::Transaction& transaction, std::string_view id) {
  {
    auto remove = transaction.Prepare(kDeleteVideoRow);
    if (!remove.Bind(":id", id).Step()) return NotFound(id);
    Recount(transaction, static_cast<VideoState>(remove.Int(0)), std::nullopt);
  }
  transaction.OnCommit([this, id = std::string(id)] {
    statuses_.Remove(id);
    ForgetFacts();
    if (listeners_.on_media_unwanted) listeners_.on_media_unwanted(id);
    Publish({});
  });
  return Done{};
}

std::vector<rows::NumberedVideo> VideoStore::Clear(sqlite::Transaction& transaction) {
  auto videos = rows::SelectPage(transaction, {}, log_);
  transaction.Prepare(kDeleteVideoRows).Run();
  transaction.OnCommit([this] { OnRecordsReplaced(); });
  return videos;
}

std::vector<Video> VideoStore::SelectDue(sqlite::Transaction& transaction, Time until,
                                         std::size_t most) {
  auto select = transaction.Prepare(kSelectDueVideos);
  select.Bind(":until_ms", until).Bind(":most", static_cast<std::int64_t>(most));
  std::vector<Video> due;
  while (select.Step()) due.push_back(*rows::Select(transaction, select.Text(0), log_));
  return due;
}

// Called under the database's lock, so that the order is that of the records.
void VideoStore::Publish(const std::vector<Transition>& transitions) const {
  if (listeners_.on_transition) {
    for (const auto& transition : transitions) listeners_.on_transition(transition);
  }
  if (listeners_.on_change) listeners_.on_change();
}

void VideoStore::OnRecordsReplaced() {
  counts_.reset();
  statuses_.Clear();
  ForgetFacts();
  if (listeners_.on_replaced) listeners_.on_replaced();
  Publish({});
}

void VideoStore::ForgetFacts() {
  ids_by_asset_.Clear();
  ids_by_key_.Clear();
  ids_by_locator_.Clear();
  media_.Clear();
  input_encrypted_.Clear();
}

}  // namespace msc::videos
