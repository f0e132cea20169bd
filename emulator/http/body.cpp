#include "emulator/http/body.h"

#include <algorithm>
#include <cstdint>

namespace msc::http {

Result<std::string> ReadAll(BodyReader& body) {
  constexpr std::size_t kStep = 64 * 1024;
  const std::uint64_t declared = body.size().value_or(UINT64_MAX);
  std::string whole;
  for (;;) {
    const std::size_t have = whole.size();
    if (have == declared) return whole;
    whole.resize(have + static_cast<std::size_t>(std::min<std::uint64_t>(kStep, declared - have)));
    const auto count = body.Read(std::span(whole).subspan(have));
    if (!count) return count.error();
    whole.resize(have + *count);
    if (*count == 0) return whole;
  }
}

}  // namespace msc::http
