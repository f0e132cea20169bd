#include "storage_stub/records/etag.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace msc::storage {
namespace {

using namespace std::chrono;

constexpr std::string_view kSelectEtagBefore = R"sql(
  SELECT value FROM last_etag WHERE id = 1
)sql";

constexpr std::string_view kUpdateLastEtag = R"sql(
  UPDATE last_etag SET value = :value WHERE id = 1
)sql";

// 100 ns since the year 1, as the service's platform counts.
std::int64_t Ticks(Time time) {
  constexpr Time kYearOne = Time(sys_days(year(1) / 1 / 1));
  return duration_cast<milliseconds>(time - kYearOne).count() * 10'000;
}

}  // namespace

std::int64_t NextEtag(sqlite::Transaction& transaction, Time now) {
  std::int64_t etag = Ticks(now);
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
