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
  INSERT INTO blob_tag (blob_id, container_id, name, value)
  SELECT id, container_id, :name, :value FROM blob WHERE id = :blob_id
)sql";

constexpr std::string_view kUpdateTagCount = R"sql(
  UPDATE blob SET tag_count = :tag_count WHERE id = :id
)sql";

// CROSS JOIN makes SQLite read the tags first, by their index. Snapshots and former versions are
// not found.
constexpr std::string_view kSelectTagged = R"sql(
  SELECT blob_tag.value, blob.id, container.name, blob.name
  FROM blob_tag CROSS JOIN blob ON blob.id = blob_tag.blob_id
  CROSS JOIN container ON container.id = blob.container_id
  WHERE blob_tag.name = :tag
    AND (blob_tag.value, blob_tag.blob_id) > (:after, :after_id)
    AND (blob_tag.value, blob_tag.blob_id) < (:before, :before_id)
    AND container.account = :account AND blob.kind = 0
  ORDER BY blob_tag.value, blob_tag.blob_id LIMIT :most
)sql";

constexpr std::string_view kSelectTaggedInContainer = R"sql(
  SELECT blob_tag.value, blob.id, container.name, blob.name
  FROM blob_tag CROSS JOIN blob ON blob.id = blob_tag.blob_id
  CROSS JOIN container ON container.id = blob.container_id
  WHERE blob_tag.container_id = :container_id AND blob_tag.name = :tag
    AND (blob_tag.value, blob_tag.blob_id) > (:after, :after_id)
    AND (blob_tag.value, blob_tag.blob_id) < (:before, :before_id) AND blob.kind = 0
  ORDER BY blob_tag.value, blob_tag.blob_id LIMIT :most
)sql";

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

std::vector<TaggedBlob> SelectTagged(sqlite::Transaction& transaction, const TagScope& scope,
                                     const TagRange& range, std::size_t most) {
  auto select = transaction.Prepare(scope.container ? kSelectTaggedInContainer : kSelectTagged);
  if (scope.container) {
    select.Bind(":container_id", *scope.container);
  } else {
    select.Bind(":account", scope.account);
  }
  select.Bind(":tag", range.name)
      .Bind(":after", range.after.value)
      .Bind(":after_id", range.after.blob)
      .Bind(":before", range.before.value)
      .Bind(":before_id", range.before.blob)
      .Bind(":most", static_cast<std::int64_t>(most));
  std::vector<TaggedBlob> blobs;
  while (select.Step()) {
    blobs.push_back({{select.Text(0), select.Int(1)}, select.Text(2), select.Text(3)});
  }
  return blobs;
}

}  // namespace msc::storage
