#include "storage_stub/model/blob_moment.h"

#include <chrono>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"

namespace msc::storage {
namespace {

using namespace std::chrono;

constexpr std::int64_t kTicksInMillisecond = 10'000;
constexpr std::size_t kMomentSize = std::string_view("2011-03-09T01:42:34.9360000Z").size();
constexpr std::size_t kMilliseconds = std::string_view("2011-03-09T01:42:34.936").size();
constexpr std::size_t kTickDigits = 4;  // Behind the milliseconds.

constexpr Time kYearOne = Time(sys_days(year(1) / 1 / 1));

}  // namespace

std::int64_t TicksOf(Time time) {
  return duration_cast<milliseconds>(time - kYearOne).count() * kTicksInMillisecond;
}

std::string FormatMoment(std::int64_t number) {
  std::string text = FormatMillis(kYearOne + milliseconds(number / kTicksInMillisecond));
  const std::string ticks = std::to_string(number % kTicksInMillisecond);
  return text.insert(text.size() - 1, std::string(kTickDigits - ticks.size(), '0') + ticks);
}

std::optional<std::int64_t> ParseMoment(std::string_view text) {
  if (text.size() != kMomentSize || !text.ends_with('Z')) return std::nullopt;
  const auto time = ParseIso8601(std::string(text.substr(0, kMilliseconds)) + 'Z');
  const auto ticks = ParseUnsigned(text.substr(kMilliseconds, kTickDigits));
  if (!time || !ticks) return std::nullopt;
  return TicksOf(*time) + static_cast<std::int64_t>(*ticks);
}

}  // namespace msc::storage
