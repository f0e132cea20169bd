#include "storage_stub/records/tag_rows.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectTags = R"sql(
  SELECT name, value FROM blob_tag WHERE blob_id = :blob_id ORDER BY name
)sql";

constexpr std::string_view kDeleteTags = R"sql(
  DELETE FROM blob_tag WHERE blob_id = :blob_id
)sql";

constexpr std::string_view kInsertTag = R"sql(
  INSERT INTO blob_tag (blob_id, name, value) VALUES (:blob_id, :name, :value)
)sql";

constexpr std::string_view kUpdateTagCount = R"sql(
  UPDATE blob SET tag_count = :tag_count WHERE id = :id
)sql";

// CROSS JOIN makes SQLite read the tags first, by their index.
constexpr std::string_view kSelectTagged = R"sql(
  SELECT blob.id, container.name, blob.name
  FROM blob_tag CROSS JOIN blob ON blob.id = blob_tag.blob_id
  CROSS JOIN container ON container.id = blob.container_id
  WHERE blob_tag.name = :tag AND blob_tag.value BETWEEN :least AND :most
    AND container.account = :account
    AND (container.name, blob.name) >= (:container, :name)
  ORDER BY container.name, blob.name
)sql";

// No value of a tag is greater.
constexpr std::string_view kGreatestValue = "\x7F";

}  // namespace

Tags SelectTags(sqlite::Transaction& transaction, std::int64_t blob) {
  auto select = transaction.Prepare(kSelectTags);
  select.Bind(":blob_id", blob);
  Tags tags;
  while (select.Step()) tags.emplace_back(select.Text(0), select.Text(1));
  return tags;
}

void ReplaceTags(sqlite::Transaction& transaction, std::int64_t blob, const Tags& tags) {
  transaction.Prepare(kDeleteTags).Bind(":blob_id", blob).Run();
  for (const auto& [name, value] : tags) {
    transaction.Prepare(kInsertTag)
        .Bind(":blob_id", blob)
        .Bind(":name", name)
        .Bind(":value", value)
        .Run();
  }
  transaction.Prepare(kUpdateTagCount)
      .Bind(":id", blob)
      .Bind(":tag_count", static_cast<std::int64_t>(tags.size()))
      .Run();
}

void VisitTagged(sqlite::Transaction& transaction, std::string_view account,
                 const TagCondition& condition, const TaggedBlob& from,
                 const std::function<bool(const TaggedBlob&)>& visit) {
  const std::string_view value = condition.value;
  const char comparison = condition.comparison.front();
  auto select = transaction.Prepare(kSelectTagged);
  select.Bind(":tag", condition.name)
      .Bind(":least", comparison == '<' ? std::string_view() : value)
      .Bind(":most", comparison == '>' ? kGreatestValue : value)
      .Bind(":account", account)
      .Bind(":container", from.container)
      .Bind(":name", from.name);
  while (select.Step()) {
    if (!visit({select.Int(0), select.Text(1), select.Text(2)})) return;
  }
}

}  // namespace msc::storage
