// Tokens of Microsoft Entra ID: their times are ones that dates on the wire can have.

#include "storage_stub/access/token_claims.h"

#include "emulator/base/encoding.h"
#include "emulator/base/time_range.h"
#include "tests/fuzz/input.h"

namespace {

void ReadToken(std::string_view token) {
  const auto claims = msc::storage::ReadClaims(token);
  if (!claims) return;
  msc::fuzz::Require(msc::IsInTimeRange(claims->not_before));
  msc::fuzz::Require(msc::IsInTimeRange(claims->expires));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = msc::fuzz::TextOf(data, size);
  std::string payload = msc::Base64Encode(text);
  payload.erase(std::find(payload.begin(), payload.end(), '='), payload.end());

  ReadToken(text);
  ReadToken("e30." + payload + ".");
  return 0;
}
