#include "storage_stub/state/blob_import.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage_stub/model/import_error.h"
#include "storage_stub/records/blob_rules.h"
#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/record_check.h"

namespace msc::storage {
namespace {

constexpr std::string_view kCreateMoved = R"sql(
  CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, length INTEGER, new INTEGER, crc64 INTEGER)
)sql";

constexpr std::string_view kInsertMoved = R"sql(
  INSERT INTO moved (old, length, new, crc64) VALUES (:old, :length, :new, :crc64)
)sql";

// All blocks with bytes; `place`: the table and the key.
constexpr std::string_view kCreatePlaced = R"sql(
  CREATE TEMP VIEW placed AS
  SELECT offset, length, crc64,
         'table committed_block, key content=' || content || ' start=' || start AS place
  FROM committed_block WHERE length > 0
  UNION ALL
  SELECT offset, length, crc64, 'table uncommitted_block, key container_id=' || container_id
                                || ' block_id=' || block_id
  FROM uncommitted_block WHERE length > 0
)sql";

constexpr std::string_view kSelectMissing = R"sql(
  SELECT placed.offset, placed.length, placed.place
  FROM placed LEFT JOIN moved ON moved.old = placed.offset AND moved.length = placed.length
  WHERE moved.old IS NULL LIMIT 1
)sql";

constexpr std::string_view kSelectChanged = R"sql(
  SELECT placed.offset, placed.length, placed.place
  FROM placed JOIN moved ON moved.old = placed.offset
  WHERE moved.crc64 <> placed.crc64 LIMIT 1
)sql";

constexpr std::string_view kMoveCommitted = R"sql(
  UPDATE committed_block SET offset = (SELECT new FROM moved WHERE old = offset) WHERE length > 0
)sql";

constexpr std::string_view kMoveUncommitted = R"sql(
  UPDATE uncommitted_block SET offset = (SELECT new FROM moved WHERE old = offset)
)sql";

// The name in the archive.
std::string NameOf(const Extent& extent) {
  return "extents/" + std::to_string(extent.offset) + '-' + std::to_string(extent.length);
}

// A block that an archive is wrong about.
struct BadBlock {
  Extent extent;
  std::string place;  // Its table and key.
};

// The block in the first row.
std::optional<BadBlock> First(sqlite::Transaction& transaction, std::string_view sql) {
  auto select = transaction.Prepare(sql);
  if (!select.Step()) return std::nullopt;
  return BadBlock{
      {static_cast<std::uint64_t>(select.Int(0)), static_cast<std::uint64_t>(select.Int(1))},
      select.Text(2)};
}

Error InvalidArchive(const std::string& why) { return {ImportError::kImportInvalid, why}; }

}  // namespace

BlobImport::BlobImport(std::shared_ptr<ExtentFile> file, const std::vector<Account>& accounts)
    : file_(std::move(file)), accounts_(accounts) {}

Result<ExtentWriter*> BlobImport::Add(const Extent& named) {
  if (named.length == 0 || named.length > kMaxExtent || named.offset > kMaxOffset) {
    return InvalidArchive("there can be no " + NameOf(named));
  }
  const auto [place, is_new] = received_.try_emplace(named.offset);
  if (!is_new) return InvalidArchive(NameOf(named) + " is in the archive twice");
  place->second = {named.length, std::make_unique<ExtentWriter>(file_, named.length)};
  return place->second.writer.get();
}

Result<std::shared_ptr<const BlobSnapshot>> BlobImport::Finish(sqlite::Database& records) {
  if (auto sound = CheckRecords(records, accounts_); !sound) return sound.error();
  if (auto moved = RelocateExtents(records); !moved) return moved.error();

  auto snapshot =
      std::make_shared<const BlobSnapshot>(records.Image(), Pin(file_, ReadUsedExtents(records)));
  HandOver();
  return std::shared_ptr<const BlobSnapshot>(std::move(snapshot));
}

// Changes the records to refer to the new extents.
Status BlobImport::RelocateExtents(sqlite::Database& records) const {
  auto transaction = records.Write();
  transaction.Prepare(kCreateMoved).Run();
  transaction.Prepare(kCreatePlaced).Run();
  for (const auto& [offset, received] : received_) {
    transaction.Prepare(kInsertMoved)
        .Bind(":old", static_cast<std::int64_t>(offset))
        .Bind(":length", static_cast<std::int64_t>(received.writer->extent().length))
        .Bind(":new", static_cast<std::int64_t>(received.writer->extent().offset))
        .Bind(":crc64", static_cast<std::int64_t>(received.writer->crc64()))
        .Run();
  }
  if (const auto missing = First(transaction, kSelectMissing)) {
    return InvalidArchive("a block's bytes are in " + NameOf(missing->extent) +
                          ", which is not there (" + missing->place + ", column offset)");
  }
  if (const auto changed = First(transaction, kSelectChanged)) {
    return InvalidArchive(NameOf(changed->extent) +
                          " has other bytes than the block's checksum says (" + changed->place +
                          ", column crc64)");
  }
  transaction.Prepare(kMoveCommitted).Run();
  transaction.Prepare(kMoveUncommitted).Run();
  transaction.Commit();
  return Done{};
}

// From now on only the snapshot has references; bytes that it does not refer to are free.
void BlobImport::HandOver() {
  std::vector<Extent> extents;
  extents.reserve(received_.size());
  for (auto& [offset, received] : received_) {
    extents.push_back(received.writer->extent());
    received.writer->Dismiss();
  }
  file_->ReleaseReferences(extents);
}

}  // namespace msc::storage
