#include "emulator/base/log.h"

#include <iostream>
#include <string>

namespace msc {

Log LogToStderr() {
  return [](LogLevel level, std::string_view line) {
    if (level < LogLevel::kWarning) return;
    // One write a line, so that lines of several threads do not mix.
    std::cerr << "msc: " + std::string(line) + '\n';
  };
}

}  // namespace msc
