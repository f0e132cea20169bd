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

constexpr std::string_view kSelectSizes = R"sql(
  SELECT id, name, size FROM blob
)sql";

constexpr std::string_view kSelectCommittedSizes = R"sql(
  SELECT length, start FROM committed_block WHERE blob_id = :blob_id ORDER BY start, ordinal
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

// Whether the blocks of a blob are contiguous and as long as the blob.
bool AreWhole(sqlite::Transaction& transaction, std::int64_t blob, std::int64_t size) {
  auto select = transaction.Prepare(kSelectCommittedSizes);
  select.Bind(":blob_id", blob);
  std::int64_t end = 0;
  while (select.Step()) {
    if (select.Int(1) != end || select.Int(0) > size - end) return false;
    end += select.Int(0);
  }
  return end == size;
}

Status CheckBlobs(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectSizes);
  while (select.Step()) {
    if (AreWhole(transaction, select.Int(0), select.Int(2))) continue;
    return InvalidRecord("table blob, key id=" + select.Text(0) + ", column size: the blob " +
                         Quoted(select.Text(1)) + " is not what its blocks say");
  }
  return Done{};
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

Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts) {
  auto transaction = records.Read();
  if (const auto bad = transaction.FindBadRow()) return InvalidRecord(*bad);
  if (!transaction.Prepare(kSelectLastEtag).Step()) return InvalidRecord("it has no last ETag");
  if (auto checked = CheckAccounts(transaction, accounts); !checked) return checked;
  if (auto checked = CheckBlobs(transaction); !checked) return checked;
  return CheckSections(transaction);
}

}  // namespace msc::storage
