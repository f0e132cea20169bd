#include "storage_stub/records/etag.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "storage_stub/model/blob_moment.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectEtagBefore = R"sql(
  SELECT value FROM last_etag WHERE id = 1
)sql";

constexpr std::string_view kUpdateLastEtag = R"sql(
  UPDATE last_etag SET value = :value WHERE id = 1
)sql";

}  // namespace

std::int64_t NextEtag(sqlite::Transaction& transaction, Time now) {
  std::int64_t etag = TicksOf(now);
  {
    auto last = transaction.Prepare(kSelectEtagBefore);
    if (last.Step()) etag = std::max(etag, std::min(last.Int(0), kHighestEtag - 1) + 1);
  }
  transaction.Prepare(kUpdateLastEtag).Bind(":value", etag).Run();
  return etag;
}

std::string FormatEtag(std::int64_t number) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::array<char, 20> text{};  // From behind: as many digits as 64 bits have, and the rest.
  auto at = text.end();
  *--at = '"';
  auto left = static_cast<std::uint64_t>(number);
  do {
    *--at = kDigits[left % 16];
    left /= 16;
  } while (left > 0);
  for (const char c : {'x', '0', '"'}) *--at = c;
  return {at, text.end()};
}

}  // namespace msc::storage
