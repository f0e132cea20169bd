#include "emulator/sqlite/record_rules.h"

#include <utility>

#include "emulator/base/time_range.h"

namespace msc::sqlite {
namespace {

constexpr std::int64_t kMostRows = std::int64_t{1} << 53;

bool IsBetween(const Value& value, std::int64_t least, std::int64_t most) {
  return value.type == Value::Type::kInteger && value.integer >= least && value.integer <= most;
}

}  // namespace

Allowed IntegerFrom(std::int64_t least, std::int64_t most) {
  return {[=](const Value& value) { return IsBetween(value, least, most); },
          "a whole number from " + std::to_string(least) + " to " + std::to_string(most)};
}

Allowed Instant() {
  return {[](const Value& value) {
            return IsBetween(value, kFirstTime.time_since_epoch().count(),
                             kLastTime.time_since_epoch().count());
          },
          "milliseconds since 1970, in the years 1 to 9999"};
}

Allowed Text(std::function<bool(std::string_view)> fits, std::string in_words) {
  return {[fits = std::move(fits)](const Value& value) {
            return value.type == Value::Type::kText && fits(value.bytes);
          },
          std::move(in_words)};
}

Allowed BlobOf(std::size_t least, std::size_t most) {
  const std::string size = std::to_string(least);
  return {[=](const Value& value) {
            return value.type == Value::Type::kBlob && value.bytes.size() >= least &&
                   value.bytes.size() <= most;
          },
          "a blob of " + (least == most ? size : size + " to " + std::to_string(most)) + " bytes"};
}

Allowed Number() { return IntegerFrom(1, kMostRows); }

Allowed NullOr(Allowed other) {
  return {[fits = std::move(other.fits)](const Value& value) {
            return value.type == Value::Type::kNull || fits(value);
          },
          "NULL or " + other.in_words};
}

}  // namespace msc::sqlite
