#include "emulator/videos/video_rows.h"

#include <algorithm>

#include "emulator/base/quoted.h"
#include "emulator/processing/program.h"
#include "emulator/processing/program_json.h"

namespace msc::videos::rows {
namespace {

constexpr std::string_view kInsertVideo = R"sql(
  INSERT INTO video (id, created, asset_id, file_id, extension, original_name, policy_id,
                     locator_id, upload_starts_ms, key_id, input_key, input_iv, program)
  VALUES (:id, (SELECT coalesce(max(created), 0) + 1 FROM video), :asset_id, :file_id, :extension,
          :original_name, :policy_id, :locator_id, :upload_starts_ms, :key_id, :input_key,
          :input_iv, :program)
)sql";

constexpr std::string_view kSelectVideo = R"sql(
  SELECT state, next_ms, polls_left, failure_code, failure_reason, rest, program,
         id, asset_id, file_id, extension, original_name, policy_id, locator_id, upload_starts_ms,
         key_id, input_key, input_iv, awaits_media, duration_ms, media_problem
  FROM video WHERE id = :id
)sql";

constexpr std::string_view kSelectVideos = R"sql(
  SELECT state, next_ms, polls_left, failure_code, failure_reason, rest, program,
         id, asset_id, file_id, extension, original_name, policy_id, locator_id, upload_starts_ms,
         key_id, input_key, input_iv, awaits_media, duration_ms, media_problem, created
  FROM video WHERE created > :after ORDER BY created LIMIT :most
)sql";

constexpr std::string_view kSelectNumber = R"sql(
  SELECT created FROM video WHERE id = :id
)sql";

constexpr std::string_view kCountByState = R"sql(
  SELECT state, count(*) FROM video INDEXED BY video_status GROUP BY state
)sql";

// Without the hint, SQLite would read whole rows.
constexpr std::string_view kSelectStatus = R"sql(
  SELECT state, next_ms, polls_left, failure_code, failure_reason
  FROM video INDEXED BY video_status WHERE id = :id
)sql";

constexpr std::string_view kUpdate = R"sql(
  UPDATE video
  SET state = :state, next_ms = :next_ms, polls_left = :polls_left, rest = :rest,
      program = :program, failure_code = :failure_code, failure_reason = :failure_reason,
      awaits_media = :awaits_media
  WHERE id = :id
)sql";

constexpr std::string_view kInsertHistory = R"sql(
  INSERT INTO video_history (video_id, number, at_ms, from_state, to_state)
  VALUES (:video_id,
          (SELECT coalesce(max(number), 0) + 1 FROM video_history WHERE video_id = :video_id),
          :at_ms, :from_state, :to_state)
)sql";

constexpr std::string_view kSelectHistory = R"sql(
  SELECT at_ms, from_state, to_state FROM video_history
  WHERE video_id = :video_id ORDER BY number
)sql";

constexpr int kNumberColumn = 21;  // Of kSelectVideos.

std::optional<std::string> TextOf(const std::vector<Step>& steps) {
  if (steps.empty()) return std::nullopt;
  return processing::ProgramJson({steps});
}

// None if the text is invalid, so that the other videos and this one's other values are served.
std::vector<Step> StepsOf(const std::optional<std::string>& text, const std::string& id,
                          const char* column, const Log& log) {
  if (!text) return {};
  auto program = processing::ParseProgram(*text);
  auto checked = program ? processing::Check(*program) : Status(program.error());
  if (checked) return std::move(program->steps);
  log(LogLevel::kError,
      "table video, key id=" + Quoted(id) + ", column " + column +
          ": the program is invalid and counts as none: " + checked.error().message);
  return {};
}

bool IsState(std::int64_t number) {
  return number >= 0 && number < static_cast<std::int64_t>(kVideoStateCount);
}

// The first five columns of kSelectVideo, kSelectVideos and kSelectStatus.
processing::Progress ReadStatus(const sqlite::Statement& row) {
  processing::Progress status{.state = static_cast<VideoState>(row.Int(0)),
                              .next = row.OptionalTime(1),
                              .failure_code = static_cast<int>(row.Int(3)),
                              .failure_reason = row.Text(4)};
  if (const auto polls = row.OptionalInt(2)) {
    status.polls_left = static_cast<int>(std::clamp<std::int64_t>(*polls, 0, kMostPolls));
  }
  return status;
}

// The columns of kSelectVideo and kSelectVideos.
Video ReadVideo(const sqlite::Statement& row, const Log& log) {
  Video video{.id = row.Text(7),
              .asset_id = row.Text(8),
              .file_id = row.Text(9),
              .extension = row.Text(10),
              .original_name = row.Text(11),
              .policy_id = row.Text(12),
              .locator_id = row.Text(13),
              .upload_starts = row.TimeAt(14),
              .key_id = row.OptionalText(15),
              .progress = ReadStatus(row)};
  video.progress.rest = StepsOf(row.OptionalText(5), video.id, "rest", log);
  video.progress.program = StepsOf(row.OptionalText(6), video.id, "program", log);
  if (auto key = row.OptionalText(16)) {
    video.input_encryption = InputEncryption{.key = std::move(*key), .iv = row.Text(17)};
  }
  video.progress.awaits_media = row.Int(18) != 0;
  video.duration = std::chrono::milliseconds(row.Int(19));
  video.media_problem = row.Text(20);
  return video;
}

}  // namespace

bool Insert(sqlite::Transaction& transaction, const Video& video) {
  auto insert = transaction.Prepare(kInsertVideo);
  insert.Bind(":id", video.id)
      .Bind(":asset_id", video.asset_id)
      .Bind(":file_id", video.file_id)
      .Bind(":extension", video.extension)
      .Bind(":original_name", video.original_name)
      .Bind(":policy_id", video.policy_id)
      .Bind(":locator_id", video.locator_id)
      .Bind(":upload_starts_ms", video.upload_starts)
      .Bind(":key_id", video.key_id)
      .Bind(":program", TextOf(video.progress.program));
  if (video.input_encryption) {
    insert.BindBlob(":input_key", video.input_encryption->key)
        .BindBlob(":input_iv", video.input_encryption->iv);
  }
  return insert.RunUnlessConstraint();
}

std::optional<Video> Select(sqlite::Transaction& transaction, std::string_view id, const Log& log) {
  auto select = transaction.Prepare(kSelectVideo);
  select.Bind(":id", id);
  if (!select.Step()) return std::nullopt;
  return ReadVideo(select, log);
}

std::vector<NumberedVideo> SelectPage(sqlite::Transaction& transaction, const VideoPage& page,
                                      const Log& log) {
  auto select = transaction.Prepare(kSelectVideos);
  select.Bind(":after", page.after).Bind(":most", static_cast<std::int64_t>(page.most));
  std::vector<NumberedVideo> videos;
  while (select.Step()) videos.push_back({ReadVideo(select, log), select.Int(kNumberColumn)});
  return videos;
}

std::optional<std::int64_t> SelectNumber(sqlite::Transaction& transaction, std::string_view id) {
  auto select = transaction.Prepare(kSelectNumber);
  if (!select.Bind(":id", id).Step()) return std::nullopt;
  return select.Int(0);
}

VideoCounts CountByState(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kCountByState);
  VideoCounts counts{};
  while (select.Step()) counts.at(static_cast<std::size_t>(select.Int(0))) = select.Int(1);
  return counts;
}

std::optional<processing::Progress> SelectStatus(sqlite::Transaction& transaction,
                                                 std::string_view id) {
  auto select = transaction.Prepare(kSelectStatus);
  select.Bind(":id", id);
  if (!select.Step()) return std::nullopt;
  return ReadStatus(select);
}

void Update(sqlite::Transaction& transaction, const Video& video,
            const std::vector<Transition>& transitions) {
  const auto& progress = video.progress;
  transaction.Prepare(kUpdate)
      .Bind(":id", video.id)
      .Bind(":state", static_cast<std::int64_t>(progress.state))
      .Bind(":next_ms", progress.next)
      .Bind(":polls_left", std::optional<std::int64_t>(progress.polls_left))
      .Bind(":rest", TextOf(progress.rest))
      .Bind(":program", TextOf(progress.program))
      .Bind(":failure_code", std::int64_t{progress.failure_code})
      .Bind(":failure_reason", progress.failure_reason)
      .Bind(":awaits_media", std::int64_t{progress.awaits_media})
      .Run();
  for (const auto& transition : transitions) {
    transaction.Prepare(kInsertHistory)
        .Bind(":video_id", video.id)
        .Bind(":at_ms", transition.at)
        .Bind(":from_state", static_cast<std::int64_t>(transition.from))
        .Bind(":to_state", static_cast<std::int64_t>(transition.to))
        .Run();
  }
}

std::vector<Transition> SelectHistory(sqlite::Transaction& transaction, const std::string& id) {
  auto select = transaction.Prepare(kSelectHistory);
  select.Bind(":video_id", id);
  std::vector<Transition> history;
  while (select.Step()) {
    if (!IsState(select.Int(1)) || !IsState(select.Int(2))) continue;
    history.push_back({.at = select.TimeAt(0),
                       .video_id = id,
                       .from = static_cast<VideoState>(select.Int(1)),
                       .to = static_cast<VideoState>(select.Int(2))});
  }
  return history;
}

}  // namespace msc::videos::rows
