#pragma once

#include <cstdlib>
#include <string>
#include <vector>

namespace msc::testing {

// The environment of an emulator whose disk is that of tests/support/disk, for the files below
// `folder`. `more`: the variables that say what the disk does.
inline std::vector<std::string> PreloadDisk(const std::string& folder,
                                            std::vector<std::string> more) {
  more.push_back("LD_PRELOAD=" MSC_DISK_CALLS);
  more.push_back("MSC_DISK_FOLDER=" + folder);
  return more;
}

// Whether a library can be preloaded: not where a sanitizer has its own.
constexpr bool CanPreload() {
#ifdef MSC_NO_PRELOAD
  return false;
#else
  return true;
#endif
}

inline long NumberOr(const char* variable, long otherwise) {
  const char* const given = std::getenv(variable);
  return given != nullptr ? std::atol(given) : otherwise;
}

}  // namespace msc::testing
