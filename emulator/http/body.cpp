#include "emulator/http/body.h"

namespace msc::http {

Result<std::string> ReadAll(BodyReader& body) {
  constexpr std::size_t kStep = 64 * 1024;
  std::string whole;
  for (;;) {
    const std::size_t have = whole.size();
    whole.resize(have + kStep);
    const auto count = body.Read(std::span(whole).subspan(have));
    if (!count) return count.error();
    whole.resize(have + *count);
    if (*count == 0) return whole;
  }
}

}  // namespace msc::http
