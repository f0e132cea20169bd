#include "emulator/videos/video_store.h"

#include <utility>

#include "emulator/videos/video_rows.h"
#include "migrations.h"

namespace msc::videos {
namespace {

constexpr std::string_view kSelectIdByAsset = R"sql(
  SELECT id FROM video WHERE asset_id = :value
)sql";

constexpr std::string_view kSelectIdByKey = R"sql(
  SELECT id FROM video WHERE key_id = :value
)sql";

constexpr std::string_view kSelectDueVideos = R"sql(
  SELECT id FROM video WHERE next_ms <= :until_ms ORDER BY next_ms, created
)sql";

constexpr std::string_view kSelectNextDue = R"sql(
  SELECT next_ms FROM video WHERE next_ms IS NOT NULL ORDER BY next_ms LIMIT 1
)sql";

constexpr std::string_view kDeleteVideoRow = R"sql(
  DELETE FROM video WHERE id = :id RETURNING id
)sql";

constexpr std::string_view kDeleteVideoRows = R"sql(
  DELETE FROM video
)sql";

Error NotFound(std::string_view id) {
  return {ErrorCode::kVideoNotFound, "there is no video " + std::string(id)};
}

Video WithDueFired(Video video, Time now) {
  (void)processing::FireDue(video.id, video.progress, now);
  return video;
}

VideoDetails DetailsOf(sqlite::Transaction& transaction, Video video, Time now) {
  auto history = rows::SelectHistory(transaction, video.id);
  if (auto due = processing::FireDue(video.id, video.progress, now)) history.push_back(*due);
  const auto& progress = video.progress;
  return {.video = video,
          .state = progress.state,
          .failure_code = progress.failure_code,
          .failure_reason = progress.failure_reason,
          .history = std::move(history)};
}

}  // namespace

VideoStore::VideoStore(const std::string& data_directory, const Clock& clock, Durability durability)
    : clock_(clock),
      database_(data_directory.empty() ? "" : data_directory + "/videos.db", kMigrations,
                durability) {}

Status VideoStore::Insert(const Video& video) {
  auto transaction = database_.Write();
  if (!rows::Insert(transaction, video)) {
    return Error{ErrorCode::kVideoExists, "there is a video " + video.id + " already"};
  }
  transaction.Commit();
  return Done{};
}

Result<Video> VideoStore::Find(std::string_view id) {
  auto transaction = database_.Read();
  auto video = rows::Select(transaction, id);
  if (!video) return NotFound(id);
  return WithDueFired(*std::move(video), clock_.Now());
}

Result<processing::Progress> VideoStore::FindStatus(std::string_view id) {
  auto transaction = database_.Read();
  auto status = rows::SelectStatus(transaction, id);
  if (!status) return NotFound(id);
  return *std::move(status);
}

Result<VideoDetails> VideoStore::Describe(std::string_view id) {
  auto transaction = database_.Read();
  auto video = rows::Select(transaction, id);
  if (!video) return NotFound(id);
  return DetailsOf(transaction, *std::move(video), clock_.Now());
}

std::vector<VideoDetails> VideoStore::DescribeAll() {
  auto transaction = database_.Read();
  const Time now = clock_.Now();
  std::vector<VideoDetails> all;
  for (auto& video : rows::SelectAll(transaction)) {
    all.push_back(DetailsOf(transaction, std::move(video), now));
  }
  return all;
}

std::vector<Video> VideoStore::List() {
  auto transaction = database_.Read();
  const Time now = clock_.Now();
  auto videos = rows::SelectAll(transaction);
  for (auto& video : videos) video = WithDueFired(std::move(video), now);
  return videos;
}

std::optional<std::string> VideoStore::IdOfAsset(std::string_view asset_id) {
  return FindId(kSelectIdByAsset, asset_id);
}

std::optional<std::string> VideoStore::IdOfKey(std::string_view key_id) {
  return FindId(kSelectIdByKey, key_id);
}

std::optional<std::string> VideoStore::FindId(std::string_view sql, std::string_view value) {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(sql);
  select.Bind(":value", value);
  if (!select.Step()) return std::nullopt;
  return select.Text(0);
}

Result<Video> VideoStore::Change(std::string_view id, const Edit& edit) {
  auto transaction = database_.Write();
  // Asked inside the transaction: what is written and told is in the order of time.
  const Time now = clock_.Now();
  auto video = rows::Select(transaction, id);
  if (!video) return NotFound(id);
  std::vector<Transition> transitions;
  if (auto due = processing::FireDue(video->id, video->progress, now)) transitions.push_back(*due);

  const VideoState from = video->state();
  if (auto edited = edit(video->progress, now); !edited) return edited.error();

  const VideoState to = video->state();
  if (to != from) transitions.push_back({.at = now, .video_id = video->id, .from = from, .to = to});
  rows::Update(transaction, *video, transitions);
  transaction.Commit();
  Publish(transitions);
  return *std::move(video);
}

std::vector<Transition> VideoStore::FireDue() {
  // Most of the time there is nothing to write.
  const auto next = NextChange();
  if (!next || *next > clock_.Now()) return {};

  auto transaction = database_.Write();
  auto transitions = FireDueLocked(transaction);
  transaction.Commit();
  Publish(transitions);
  return transitions;
}

std::vector<Transition> VideoStore::FireDueAround(const ClockMove& move) {
  auto transaction = database_.Write();
  const auto before = FireDueLocked(transaction);
  move(NextChangeLocked(transaction));
  auto brought = FireDueLocked(transaction);
  transaction.Commit();
  Publish(before);
  Publish(brought);
  return brought;
}

std::vector<Transition> VideoStore::FireDueLocked(sqlite::Transaction& transaction) {
  const Time now = clock_.Now();
  std::vector<Transition> transitions;
  for (auto& video : SelectDue(transaction, now)) {
    const auto due = processing::FireDue(video.id, video.progress, now);
    if (due) transitions.push_back(*due);
    rows::Update(transaction, video, due ? std::vector{*due} : std::vector<Transition>());
  }
  return transitions;
}

std::vector<Transition> VideoStore::Pending() {
  auto transaction = database_.Read();
  const Time now = clock_.Now();
  std::vector<Transition> pending;
  for (auto& video : SelectDue(transaction, Time::max())) {
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

Status VideoStore::Delete(std::string_view id) {
  auto transaction = database_.Write();
  {
    auto remove = transaction.Prepare(kDeleteVideoRow);
    if (!remove.Bind(":id", id).Step()) return NotFound(id);
  }
  transaction.Commit();
  Publish({});
  return Done{};
}

std::vector<Video> VideoStore::Clear() {
  auto transaction = database_.Write();
  auto videos = rows::SelectAll(transaction);
  transaction.Prepare(kDeleteVideoRows).Run();
  transaction.Commit();
  Publish({});
  return videos;
}

std::vector<Video> VideoStore::SelectDue(sqlite::Transaction& transaction, Time until) {
  auto select = transaction.Prepare(kSelectDueVideos);
  select.Bind(":until_ms", until);
  std::vector<Video> due;
  while (select.Step()) due.push_back(*rows::Select(transaction, select.Text(0)));
  return due;
}

// Under the store's lock, so that the order is that of the records.
void VideoStore::Publish(const std::vector<Transition>& transitions) const {
  if (listeners_.on_transition) {
    for (const auto& transition : transitions) listeners_.on_transition(transition);
  }
  if (listeners_.on_change) listeners_.on_change();
}

void VideoStore::Load(std::string_view image) {
  database_.Load(image);
  Publish({});
}

}  // namespace msc::videos
