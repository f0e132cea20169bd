#include "storage_stub/records/etag.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace msc::storage {
namespace {

using namespace std::chrono;

constexpr std::string_view kAdvance = R"sql(
  UPDATE last_etag SET value = max(value + 1, :ticks) WHERE id = 1 RETURNING value
)sql";

// 100 ns since the year 1, as the service's platform counts.
std::int64_t Ticks(Time time) {
  constexpr Time kYearOne = Time(sys_days(year(1) / 1 / 1));
  return duration_cast<milliseconds>(time - kYearOne).count() * 10'000;
}

}  // namespace

std::int64_t NextEtag(sqlite::Transaction& transaction, Time now) {
  auto advance = transaction.Prepare(kAdvance);
  advance.Bind(":ticks", Ticks(now));
  advance.Step();
  return advance.Int(0);
}

std::string FormatEtag(std::int64_t number) {
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "\"0x%llX\"",
                                 static_cast<unsigned long long>(number));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace msc::storage
