#include "storage_stub/records/record_check.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "emulator/base/encoding.h"
#include "storage_stub/model/import_error.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectAccounts = R"sql(
  SELECT DISTINCT account FROM container
)sql";

constexpr std::string_view kSelectSizes = R"sql(
  SELECT id, name, size FROM blob
)sql";

constexpr std::string_view kSelectCommittedSizes = R"sql(
  SELECT length, block_id, start FROM committed_block
  WHERE blob_id = :blob_id ORDER BY start, ordinal
)sql";

constexpr std::string_view kSelectUncommittedNames = R"sql(
  SELECT length, block_id FROM uncommitted_block
)sql";

constexpr std::string_view kSelectLastEtag = R"sql(
  SELECT value FROM last_etag
)sql";

Error InvalidRecord(const std::string& why) { return {ImportError::kImportInvalid, why}; }

bool IsLength(std::int64_t length) {
  return length >= 0 && static_cast<std::uint64_t>(length) <= kMaxExtent;
}

Status CheckAccounts(sqlite::Transaction& transaction, const std::vector<Account>& accounts) {
  auto select = transaction.Prepare(kSelectAccounts);
  while (select.Step()) {
    const std::string name = select.Text(0);
    const bool is_served =
        std::any_of(accounts.begin(), accounts.end(),
                    [&](const Account& account) { return account.name == name; });
    if (!is_served) {
      return InvalidRecord(
          "it holds containers of the account " + name +
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
    const std::int64_t length = select.Int(0);
    if (!IsLength(length) || select.Int(2) != end || length > INT64_MAX - end) return false;
    if (!Base64Decode(select.Text(1))) return false;
    end += length;
  }
  return end == size;
}

Status CheckBlobs(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectSizes);
  while (select.Step()) {
    if (AreWhole(transaction, select.Int(0), select.Int(2))) continue;
    return InvalidRecord("the blob " + select.Text(1) + " is not what its blocks say");
  }
  return Done{};
}

Status CheckUncommitted(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectUncommittedNames);
  while (select.Step()) {
    const auto id = Base64Decode(select.Text(1));
    if (id && !id->empty() && IsLength(select.Int(0)) && select.Int(0) > 0) continue;
    return InvalidRecord("there can be no uncommitted block " + select.Text(1));
  }
  return Done{};
}

}  // namespace

Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts) {
  try {
    const ServiceStore service(records, accounts);
  } catch (const std::runtime_error& error) {
    return InvalidRecord(error.what());
  }
  auto transaction = records.Read();
  if (!transaction.Prepare(kSelectLastEtag).Step()) return InvalidRecord("it has no last ETag");
  if (auto checked = CheckAccounts(transaction, accounts); !checked) return checked;
  if (auto checked = CheckBlobs(transaction); !checked) return checked;
  return CheckUncommitted(transaction);
}

}  // namespace msc::storage
