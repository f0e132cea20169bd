// Values of headers and parameters: times, durations, ranges, conditions, tokens. The first byte
// chooses one.

#include "emulator/base/time_format.h"
#include "emulator/keys/swt.h"
#include "emulator/keys/token_finder.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/protocol/conditions.h"
#include "tests/fuzz/input.h"

namespace {

using msc::fuzz::Require;

void CheckTimes(const std::string& text) {
  if (const auto time = msc::ParseHttpDate(text)) Require(msc::FormatHttpDate(*time) == text);
  if (const auto time = msc::ParseIso8601(text)) {
    Require(msc::ParseIso8601(msc::FormatTicks(*time)) == time);
  }
  if (const auto duration = msc::ParseDuration(text)) Require(duration->count() >= 0);
}

void CheckRange(const msc::http::Request& request) {
  const auto range = msc::storage::ReadRange(request);
  if (!range || !*range) return;
  constexpr std::uint64_t kSize = 1000;
  if (const auto bytes = (*range)->Within(kSize)) {
    Require(bytes->length > 0 && bytes->first < kSize && bytes->length <= kSize - bytes->first);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(msc::fuzz::TextOf(data + 1, size - 1));
  switch (*data % 7) {
    case 0:
      CheckTimes(text);
      break;
    case 1:
      CheckRange({.headers = {{"Range", text}}});
      break;
    case 2:
      CheckRange({.headers = {{"x-ms-range", text}}});
      break;
    case 3:
      static_cast<void>(
          msc::storage::ReadConditions({.headers = {{"If-Match", text}, {"If-None-Match", text}}}));
      break;
    case 4:
      static_cast<void>(msc::storage::ReadConditions({.headers = {{"If-Modified-Since", text}}}));
      break;
    case 5:
      static_cast<void>(msc::keys::FindToken({.headers = {{"Authorization", text}}}));
      break;
    default:
      Require(!msc::keys::CheckToken(text, "key", "id", msc::Time()));
  }
  return 0;
}
