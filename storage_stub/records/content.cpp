#include "storage_stub/records/content.h"

#include <utility>

#include "storage_stub/records/block_rows.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectSharing = R"sql(
  SELECT 1 FROM blob
  WHERE container_id = :container_id AND name = :name AND content = :content AND id <> :id LIMIT 1
)sql";

}  // namespace

bool SharesContent(sqlite::Transaction& transaction, const BlobRow& row) {
  if (!row.content_is_shared) return false;
  return transaction.Prepare(kSelectSharing)
      .Bind(":container_id", row.container)
      .Bind(":name", row.name)
      .Bind(":content", row.content)
      .Bind(":id", row.id)
      .Step();
}

std::vector<Extent> DropContent(sqlite::Transaction& transaction, const BlobRow& row) {
  if (SharesContent(transaction, row)) return {};
  return DeleteCommitted(transaction, row.content);
}

Pin OwnContent(sqlite::Transaction& transaction, std::shared_ptr<ExtentFile> file, BlobRow& row,
               std::int64_t content) {
  const bool is_shared = SharesContent(transaction, row);
  row.content_is_shared = false;
  if (!is_shared) return Pin(std::move(file), {});
  const auto blocks = SelectCommitted(transaction, row.content);
  Pin copies(std::move(file), ExtentsOf(blocks));
  row.content = content;
  InsertCommitted(transaction, content, blocks);
  return copies;
}

}  // namespace msc::storage
