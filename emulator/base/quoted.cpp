#include "emulator/base/quoted.h"

#include <algorithm>

namespace msc {
namespace {

constexpr std::size_t kMostQuoted = 80;

char Visible(char c) { return c >= ' ' && c <= '~' ? c : '?'; }

}  // namespace

std::string Quoted(std::string_view bytes) {
  std::string text(bytes.substr(0, kMostQuoted));
  std::transform(text.begin(), text.end(), text.begin(), Visible);
  return '\'' + text + (bytes.size() > kMostQuoted ? "...'" : "'");
}

}  // namespace msc
