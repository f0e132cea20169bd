#include "emulator/videos/media_rows.h"

#include <chrono>

#include "emulator/base/quoted.h"

namespace msc::videos::rows {
namespace {

constexpr std::string_view kSelectIdByLocator = R"sql(
  SELECT id FROM video WHERE locator_id = :locator_id
)sql";

constexpr std::string_view kSelectAwaitingMedia = R"sql(
  SELECT id FROM video WHERE awaits_media = 1 ORDER BY created
)sql";

constexpr std::string_view kSelectMedia = R"sql(
  SELECT description FROM media WHERE video_id = :video_id
)sql";

constexpr std::string_view kPutMedia = R"sql(
  INSERT OR REPLACE INTO media (video_id, description) VALUES (:video_id, :description)
)sql";

constexpr std::string_view kSetFacts = R"sql(
  UPDATE video SET duration_ms = :duration_ms, media_problem = :media_problem WHERE id = :id
)sql";

constexpr std::string_view kDeleteMedia = R"sql(
  DELETE FROM media WHERE video_id = :video_id
)sql";

void SetFacts(sqlite::Transaction& transaction, std::string_view video_id,
              std::chrono::milliseconds duration, std::string_view problem) {
  transaction.Prepare(kSetFacts)
      .Bind(":id", video_id)
      .Bind(":duration_ms", std::int64_t{duration.count()})
      .Bind(":media_problem", problem)
      .Run();
}

}  // namespace

std::optional<std::string> SelectIdByLocator(sqlite::Transaction& transaction,
                                             std::string_view locator_id) {
  auto select = transaction.Prepare(kSelectIdByLocator);
  if (!select.Bind(":locator_id", locator_id).Step()) return std::nullopt;
  return select.Text(0);
}

std::vector<std::string> SelectAwaitingMedia(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectAwaitingMedia);
  std::vector<std::string> ids;
  while (select.Step()) ids.push_back(select.Text(0));
  return ids;
}

std::shared_ptr<const processing::MediaDescription> SelectMedia(sqlite::Transaction& transaction,
                                                                std::string_view video_id,
                                                                const Log& log) {
  auto select = transaction.Prepare(kSelectMedia);
  if (!select.Bind(":video_id", video_id).Step()) return nullptr;
  auto media = processing::ParseDescription(select.Text(0));
  if (media) return std::make_shared<const processing::MediaDescription>(*std::move(media));
  log(LogLevel::kError,
      "table media, key video_id=" + Quoted(video_id) +
          ", column description: it is invalid and counts as none: " + media.error().message);
  return nullptr;
}

void PutMedia(sqlite::Transaction& transaction, std::string_view video_id,
              const processing::MediaDescription& media) {
  transaction.Prepare(kPutMedia)
      .Bind(":video_id", video_id)
      .Bind(":description", processing::DescriptionJson(media))
      .Run();
  SetFacts(transaction, video_id, media.duration, "");
}

void DeleteMedia(sqlite::Transaction& transaction, std::string_view video_id,
                 std::string_view problem) {
  transaction.Prepare(kDeleteMedia).Bind(":video_id", video_id).Run();
  SetFacts(transaction, video_id, std::chrono::milliseconds(0), problem);
}

}  // namespace msc::videos::rows
