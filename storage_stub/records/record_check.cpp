#include "storage_stub/records/record_check.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "emulator/base/quoted.h"
#include "storage_stub/model/import_error.h"
#include "storage_stub/model/service_properties.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectAccounts = R"sql(
  SELECT account, 'table container, key id=' || id FROM container GROUP BY account
  UNION ALL
  SELECT account, 'table service_property, key name=' || name FROM service_property
  GROUP BY account
)sql";

constexpr std::string_view kSelectTornBlobs = R"sql(
  SELECT blob.id, container.account, container.name, blob.name
  FROM blob JOIN container ON container.id = blob.container_id
  WHERE blob.type <> 2 AND (
      blob.size <> (SELECT coalesce(sum(length), 0) FROM committed_block WHERE content = blob.content)
      OR EXISTS (
        SELECT 1 FROM (
          SELECT start, sum(length) OVER (ORDER BY start, ordinal) - length AS before
          FROM committed_block WHERE content = blob.content)
        WHERE start <> before))
    OR blob.type = 2 AND EXISTS (
      SELECT 1 FROM (
        SELECT start, length, lag(start + length, 1, 0) OVER (ORDER BY start, ordinal) AS before
        FROM committed_block WHERE content = blob.content)
      WHERE start < before OR start + length > blob.size OR start % 512 <> 0 OR length % 512 <> 0
        OR length = 0)
)sql";

constexpr std::string_view kSelectSections = R"sql(
  SELECT name, xml, account FROM service_property
)sql";

constexpr std::string_view kSelectLastEtag = R"sql(
  SELECT value FROM last_etag
)sql";

Error InvalidRecord(const std::string& why) { return {ImportError::kImportInvalid, why}; }

Status CheckAccounts(sqlite::Transaction& transaction, const std::vector<Account>& accounts) {
  auto select = transaction.Prepare(kSelectAccounts);
  while (select.Step()) {
    const std::string name = select.Text(0);
    const bool is_served =
        std::any_of(accounts.begin(), accounts.end(),
                    [&](const Account& account) { return account.name == name; });
    if (!is_served) {
      return InvalidRecord(
          select.Text(1) + ", column account: it is of the account " + name +
          ", which is not served here: start with --account or --accounts naming it");
    }
  }
  return Done{};
}

Status CheckBlobs(sqlite::Transaction& transaction) {
  const auto torn = FindTornBlobs(transaction);
  if (torn.empty()) return Done{};
  return InvalidRecord("table blob, key id=" + std::to_string(torn.front().id) +
                       ", column size: the blob " + Quoted(torn.front().name.blob) +
                       " is not what its blocks say");
}

Status CheckSections(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectSections);
  while (select.Step()) {
    if (IsServiceSection(select.Text(0), select.Text(1))) continue;
    return InvalidRecord("table service_property, key account=" + Quoted(select.Text(2)) +
                         " name=" + Quoted(select.Text(0)) +
                         ", column xml: it is no valid section of the service's properties");
  }
  return Done{};
}

}  // namespace

std::vector<TornBlob> FindTornBlobs(sqlite::Transaction& transaction) {
  std::vector<TornBlob> torn;
  auto select = transaction.Prepare(kSelectTornBlobs);
  while (select.Step()) {
    torn.push_back({select.Int(0), {select.Text(1), select.Text(2), select.Text(3)}});
  }
  return torn;
}

Status CheckRest(sqlite::Transaction& transaction, const std::vector<Account>& accounts) {
  if (!transaction.Prepare(kSelectLastEtag).Step()) return InvalidRecord("it has no last ETag");
  if (auto checked = CheckAccounts(transaction, accounts); !checked) return checked;
  return CheckSections(transaction);
}

Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts) {
  auto transaction = records.Read();
  if (const auto bad = transaction.FindBadRow()) return InvalidRecord(*bad);
  if (auto checked = CheckBlobs(transaction); !checked) return checked;
  return CheckRest(transaction, accounts);
}

}  // namespace msc::storage
