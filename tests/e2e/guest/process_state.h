#pragma once

#include <dirent.h>

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <thread>

namespace msc::testing {

// The names in a folder of /proc.
inline std::set<std::string> NamesIn(const char* folder) {
  std::set<std::string> names;
  DIR* const listing = ::opendir(folder);
  const std::string own = std::to_string(::dirfd(listing));  // Is listed in /proc/self/fd.
  while (const dirent* entry = ::readdir(listing)) {
    if (entry->d_name[0] != '.' && entry->d_name != own) names.insert(entry->d_name);
  }
  ::closedir(listing);
  return names;
}

inline std::set<std::string> OpenDescriptors() { return NamesIn("/proc/self/fd"); }
inline std::set<std::string> Threads() { return NamesIn("/proc/self/task"); }

// Waits until `condition` returns true; false if that takes longer than ten seconds. For what the
// system does a moment later: it lists a thread for a short time after the thread was joined.
inline bool Eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace msc::testing
