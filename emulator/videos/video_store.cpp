#include "emulator/videos/video_store.h"

#include "emulator/processing/progress.h"
#include "migrations.h"

namespace msc::videos {
namespace {

constexpr std::string_view kInsert = R"sql(
  INSERT INTO video (id, asset_id, file_id, extension, policy_id, locator_id, upload_starts_ms,
                     key_id, input_key, input_iv, completes_ms)
  VALUES (:id, :asset_id, :file_id, :extension, :policy_id, :locator_id, :upload_starts_ms,
          :key_id, :input_key, :input_iv, :completes_ms)
)sql";

constexpr std::string_view kSelectById = R"sql(
  SELECT id, asset_id, file_id, extension, policy_id, locator_id, upload_starts_ms,
         key_id, input_key, input_iv, completes_ms
  FROM video WHERE id = :id
)sql";

constexpr std::string_view kSelectAll = R"sql(
  SELECT id, asset_id, file_id, extension, policy_id, locator_id, upload_starts_ms,
         key_id, input_key, input_iv, completes_ms
  FROM video
)sql";

// Left to itself, SQLite reads the whole rows.
constexpr std::string_view kSelectProgressById = R"sql(
  SELECT id, completes_ms FROM video INDEXED BY video_state WHERE id = :id
)sql";

constexpr std::string_view kMarkComplete = R"sql(
  UPDATE video SET completes_ms = :completes_ms WHERE id = :id AND completes_ms IS NULL
)sql";

constexpr std::string_view kDelete = R"sql(
  DELETE FROM video WHERE id = :id RETURNING id
)sql";

constexpr std::string_view kSelectCompleting = R"sql(
  SELECT id, completes_ms FROM video
  WHERE completes_ms > :after_ms AND completes_ms <= :until_ms
  ORDER BY completes_ms, id
)sql";

// The columns of kSelectById and kSelectAll.
Video ReadVideo(const sqlite::Statement& row) {
  Video video{.id = row.Text(0),
              .asset_id = row.Text(1),
              .file_id = row.Text(2),
              .extension = row.Text(3),
              .policy_id = row.Text(4),
              .locator_id = row.Text(5),
              .upload_starts = row.TimeAt(6),
              .key_id = row.OptionalText(7),
              .completes = row.OptionalTime(10)};
  if (auto key = row.OptionalText(8)) {
    video.input_encryption = InputEncryption{.key = std::move(*key), .iv = row.Text(9)};
  }
  return video;
}

// The columns of kSelectProgressById and kSelectCompleting.
Progress ReadProgress(const sqlite::Statement& row) {
  return {.video_id = row.Text(0), .completes = row.OptionalTime(1)};
}

Error NotFound(std::string_view id) {
  return {ErrorCode::kVideoNotFound, "there is no video " + std::string(id)};
}

}  // namespace

VideoStore::VideoStore(const std::string& data_directory, const Clock& clock, Durability durability)
    : clock_(clock),
      database_(data_directory.empty() ? "" : data_directory + "/videos.db", kMigrations,
                durability) {}

void VideoStore::Insert(const Video& video) {
  auto transaction = database_.Write();
  {
    auto insert = transaction.Prepare(kInsert);
    insert.Bind(":id", video.id)
        .Bind(":asset_id", video.asset_id)
        .Bind(":file_id", video.file_id)
        .Bind(":extension", video.extension)
        .Bind(":policy_id", video.policy_id)
        .Bind(":locator_id", video.locator_id)
        .Bind(":upload_starts_ms", video.upload_starts)
        .Bind(":key_id", video.key_id);
    if (video.input_encryption) {
      insert.BindBlob(":input_key", video.input_encryption->key)
          .BindBlob(":input_iv", video.input_encryption->iv);
    }
    insert.Bind(":completes_ms", video.completes);
    insert.Run();
  }
  transaction.Commit();
}

Result<Video> VideoStore::Find(std::string_view id) {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectById);
  select.Bind(":id", id);
  if (!select.Step()) return NotFound(id);
  return ReadVideo(select);
}

Result<Progress> VideoStore::FindProgress(std::string_view id) {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectProgressById);
  select.Bind(":id", id);
  if (!select.Step()) return NotFound(id);
  return ReadProgress(select);
}

void VideoStore::MarkComplete(std::string_view id, std::chrono::milliseconds processing_time) {
  auto transaction = database_.Write();
  // Asked inside the transaction: whoever moves the clock and then looks for what completed finds
  // this one.
  const Time completes = processing::CompletesAt(clock_.Now(), processing_time);
  transaction.Prepare(kMarkComplete).Bind(":id", id).Bind(":completes_ms", completes).Run();
  transaction.Commit();
}

std::vector<Video> VideoStore::List() {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectAll);
  std::vector<Video> videos;
  while (select.Step()) videos.push_back(ReadVideo(select));
  return videos;
}

Status VideoStore::Delete(std::string_view id) {
  auto transaction = database_.Write();
  {
    auto remove = transaction.Prepare(kDelete);
    if (!remove.Bind(":id", id).Step()) return NotFound(id);
  }
  transaction.Commit();
  return Done{};
}

std::vector<Progress> VideoStore::FindCompleting(Time after, Time until) {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectCompleting);
  select.Bind(":after_ms", after).Bind(":until_ms", until);
  std::vector<Progress> completing;
  while (select.Step()) completing.push_back(ReadProgress(select));
  return completing;
}

}  // namespace msc::videos
