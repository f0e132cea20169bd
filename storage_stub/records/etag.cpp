#include "storage_stub/records/etag.h"

#include <algorithm>
#include <array>
#include <cstdio>

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
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "\"0x%llX\"",
                                 static_cast<unsigned long long>(number));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace msc::storage
