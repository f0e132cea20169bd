#include "emulator/base/time_format.h"

#include <algorithm>
#include <array>

#include "emulator/base/text.h"
#include "emulator/base/time_range.h"

namespace msc {
namespace {

using namespace std::chrono;

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr std::size_t kHttpDateSize = std::string_view("Mon, 23 Mar 2015 19:30:07 GMT").size();

struct Calendar {
  int year = 0;
  unsigned month = 1, day = 1;
  int hour = 0, minute = 0, second = 0, millisecond = 0;
};

Calendar Split(Time any) {
  const Time time = Clamped(any);
  const auto midnight = floor<days>(time);
  const year_month_day date(midnight);
  const hh_mm_ss clock(time - midnight);
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .millisecond = static_cast<int>(clock.subseconds().count())};
}

std::optional<Time> Compose(const Calendar& parts) {
  const year_month_day date(year(parts.year), month(parts.month), day(parts.day));
  if (!date.ok() || parts.year < 1 || parts.hour > 23 || parts.minute > 59 || parts.second > 59)
    return std::nullopt;
  return Time(sys_days(date)) + hours(parts.hour) + minutes(parts.minute) + seconds(parts.second) +
         milliseconds(parts.millisecond);
}

// Appends `value`, which is not negative, with leading zeros.
void AppendDigits(std::string& out, int value, std::size_t digits) {
  std::size_t end = out.size() + digits;
  out.resize(end, '0');
  for (std::size_t i = 0; i < digits; ++i, value /= 10) {
    out[--end] = static_cast<char>('0' + value % 10);
  }
}

// "hh:mm:ss"
void AppendTime(std::string& out, const Calendar& at) {
  AppendDigits(out, at.hour, 2);
  out += ':';
  AppendDigits(out, at.minute, 2);
  out += ':';
  AppendDigits(out, at.second, 2);
}

// "yyyy-mm-ddThh:mm:ss"
std::string DateAndTime(const Calendar& at) {
  std::string out;
  out.reserve(sizeof "yyyy-mm-ddThh:mm:ss.0000000Z");
  AppendDigits(out, at.year, 4);
  out += '-';
  AppendDigits(out, static_cast<int>(at.month), 2);
  out += '-';
  AppendDigits(out, static_cast<int>(at.day), 2);
  out += 'T';
  AppendTime(out, at);
  return out;
}

// Removes exactly `count` digits from the front of `text` and returns their value.
std::optional<int> TakeDigits(std::string_view& text, std::size_t count) {
  if (text.size() < count ||
      !std::all_of(text.begin(), text.begin() + static_cast<long>(count), IsDigit)) {
    return std::nullopt;
  }
  const auto value = ParseUnsigned(text.substr(0, count));
  text.remove_prefix(count);
  return static_cast<int>(*value);
}

bool Take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

// Removes ".d" to ".ddddddd" from the front of `text` and returns whole milliseconds; 0 if there is
// no dot.
std::optional<int> TakeFraction(std::string_view& text) {
  if (!Take(text, '.')) return 0;
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  if (count < 1 || count > 7) return std::nullopt;
  std::string digits(text.substr(0, count));
  digits.resize(3, '0');
  text.remove_prefix(count);
  return static_cast<int>(*ParseUnsigned(digits));
}

}  // namespace

std::string FormatSeconds(Time time) { return DateAndTime(Split(time)) + 'Z'; }

std::string FormatMillis(Time time) {
  const Calendar at = Split(time);
  std::string out = DateAndTime(at) + '.';
  AppendDigits(out, at.millisecond, 3);
  return out + 'Z';
}

std::string FormatTicks(Time time) {
  std::string text = FormatMillis(time);
  return text.insert(text.size() - 1, "0000");
}

std::string FormatHttpDate(Time time) {
  const Calendar at = Split(time);
  std::string out;
  out.reserve(kHttpDateSize);
  out.append(kDays[weekday(floor<days>(Clamped(time))).c_encoding()]).append(", ");
  AppendDigits(out, static_cast<int>(at.day), 2);
  out.append(1, ' ').append(kMonths[at.month - 1]).append(1, ' ');
  AppendDigits(out, at.year, 4);
  out += ' ';
  AppendTime(out, at);
  return out += " GMT";
}

std::optional<Time> ParseHttpDate(std::string_view text) {
  // "Mon, 23 Mar 2015 19:30:07 GMT": every part has a fixed position.
  if (text.size() != kHttpDateSize) return std::nullopt;
  const auto name = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (name == kMonths.end()) return std::nullopt;

  Calendar parts{.month = static_cast<unsigned>(name - kMonths.begin()) + 1};
  std::string_view day = text.substr(5, 2), year = text.substr(12, 4), clock = text.substr(17, 8);
  const auto d = TakeDigits(day, 2), y = TakeDigits(year, 4), h = TakeDigits(clock, 2);
  if (!d || !y || !h || !Take(clock, ':')) return std::nullopt;
  const auto m = TakeDigits(clock, 2);
  if (!m || !Take(clock, ':')) return std::nullopt;
  const auto s = TakeDigits(clock, 2);
  if (!s) return std::nullopt;
  parts.day = static_cast<unsigned>(*d);
  parts.year = *y;
  parts.hour = *h;
  parts.minute = *m;
  parts.second = *s;
  const auto time = Compose(parts);
  // Formatting the result again checks the weekday and all fixed characters.
  if (!time || FormatHttpDate(*time) != text) return std::nullopt;
  return time;
}

std::optional<Time> ParseIso8601(std::string_view text) {
  const auto year = TakeDigits(text, 4);
  if (!year || !Take(text, '-')) return std::nullopt;
  const auto month = TakeDigits(text, 2);
  if (!month || !Take(text, '-')) return std::nullopt;
  const auto day = TakeDigits(text, 2);
  if (!day) return std::nullopt;
  Calendar parts{
      .year = *year, .month = static_cast<unsigned>(*month), .day = static_cast<unsigned>(*day)};
  if (text.empty()) return Compose(parts);

  if (!Take(text, 'T')) return std::nullopt;
  const auto hour = TakeDigits(text, 2);
  if (!hour || !Take(text, ':')) return std::nullopt;
  const auto minute = TakeDigits(text, 2);
  if (!minute) return std::nullopt;
  parts.hour = *hour;
  parts.minute = *minute;
  if (Take(text, ':')) {
    const auto second = TakeDigits(text, 2);
    if (!second) return std::nullopt;
    const auto fraction = TakeFraction(text);
    if (!fraction) return std::nullopt;
    parts.second = *second;
    parts.millisecond = *fraction;
  }
  if (text != "Z") return std::nullopt;
  return Compose(parts);
}

std::optional<milliseconds> ParseDuration(std::string_view text) {
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == std::string_view::npos || digits > 9) return std::nullopt;
  const auto count = ParseUnsigned(text.substr(0, digits));
  if (!count) return std::nullopt;
  const auto unit = text.substr(digits);
  const auto value = static_cast<std::int64_t>(*count);
  if (unit == "ms") return milliseconds(value);
  if (unit == "s") return seconds(value);
  if (unit == "m") return minutes(value);
  if (unit == "h") return hours(value);
  return std::nullopt;
}

}  // namespace msc
