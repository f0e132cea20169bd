#include "storage_stub/verify.h"

#include <string_view>
#include <vector>

#include "storage_stub/blob_service.h"
#include "storage_stub/model/account.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/records/record_check.h"
#include "storage_stub/state/bytes_check.h"

namespace msc::storage {
namespace {

constexpr std::string_view kCountAll = R"sql(
  SELECT (SELECT count(*) FROM container), (SELECT count(*) FROM blob),
         (SELECT count(*) FROM committed_block) + (SELECT count(*) FROM uncommitted_block)
)sql";

constexpr std::string_view kSelectAllAccounts = R"sql(
  SELECT account FROM container UNION SELECT account FROM service_property
)sql";

constexpr std::string_view kSelectAllBlocks = R"sql(
  SELECT block.offset, block.length, block.crc64, container.account, container.name, block.blob,
         block.is_committed
  FROM (SELECT offset, length, crc64, container_id, name AS blob, 1 AS is_committed
        FROM committed_block JOIN blob USING (content)
        UNION ALL
        SELECT offset, length, crc64, container_id, blob_name, 0 FROM uncommitted_block) AS block
  JOIN container ON container.id = block.container_id
  WHERE block.length <> 0
  ORDER BY block.offset, block.length, block.is_committed DESC
)sql";

const std::string kOfRecords = "the records: ";

StoredAmounts CountRecords(sqlite::Transaction& transaction) {
  auto count = transaction.Prepare(kCountAll);
  count.Step();
  return {.containers = static_cast<std::uint64_t>(count.Int(0)),
          .blobs = static_cast<std::uint64_t>(count.Int(1)),
          .blocks = static_cast<std::uint64_t>(count.Int(2))};
}

// False if there was one.
bool ReportTornBlobs(sqlite::Transaction& transaction, const ReportProblem& report) {
  const auto torn = FindTornBlobs(transaction);
  for (const auto& blob : torn)
    report(PathOf(blob.name) + ": its blocks do not add up to its size");
  return torn.empty();
}

// False if there was one.
bool ReportBadRow(sqlite::Transaction& transaction, const ReportProblem& report) {
  const auto bad = transaction.FindBadRow();
  if (bad) report(kOfRecords + *bad);
  return !bad;
}

std::vector<Account> AllAccounts(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectAllAccounts);
  std::vector<Account> accounts;
  while (select.Step()) accounts.push_back({select.Text(0), {}});
  return accounts;
}

std::uint64_t CheckBytes(sqlite::Transaction& transaction, const std::string& folder,
                         const ReportProblem& report) {
  BytesCheck check(folder, report);
  auto select = transaction.Prepare(kSelectAllBlocks);
  while (select.Step()) {
    check.Add({.extent = {static_cast<std::uint64_t>(select.Int(0)),
                          static_cast<std::uint64_t>(select.Int(1))},
               .crc64 = static_cast<std::uint64_t>(select.Int(2)),
               .blob = PathOf({select.Text(3), select.Text(4), select.Text(5)}),
               .is_committed = select.Int(6) != 0});
  }
  return check.bytes();
}

}  // namespace

StoredAmounts Verify(sqlite::Database& records, const std::string& folder,
                     const ReportProblem& report) {
  BlobService::Migrate(records);
  auto transaction = records.Read();
  StoredAmounts amounts = CountRecords(transaction);
  bool sound = ReportTornBlobs(transaction, report);
  amounts.bytes = CheckBytes(transaction, folder, report);
  sound &= ReportBadRow(transaction, report);
  // A row that breaks a rule would be reported again.
  const auto checked = sound ? CheckRest(transaction, AllAccounts(transaction)) : Status(Done{});
  if (!checked) report(kOfRecords + checked.error().message);
  return amounts;
}

}  // namespace msc::storage
