#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/base/descriptor.h"

namespace msc {

inline constexpr const char* kLockFile = "lock";

// What the lock file of a data folder says.
struct LockContents {
  long owner = 0;          // Process id of the one that wrote it; 0: unknown.
  std::uint64_t used = 0;  // How often the folder was used; 0: never, or the contents are lost.
};

// REQUIRES: `lock` is open for reading.
LockContents ReadLock(int lock);

// Owns a data folder for as long as this object lives, also against other processes. The lock ends
// with the process, however it ends; forked children do not hold it.
class DataDirectory {
 public:
  // Creates the folder if it is missing, for this user alone. `files`: the files that a used folder
  // contains; those that end in ".db" are databases. If one of them is missing in a used folder, or
  // not empty in a new one, the folder is not changed, because a start would destroy the remaining
  // data. If the lock file has lost its contents, a database shows that the folder was used. Throws
  // std::runtime_error if the folder is not accepted, cannot be created or written, or if another
  // emulator uses it. An empty path owns nothing.
  DataDirectory(const std::string& path, const std::vector<std::string>& files = {});
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  // How often the folder was used before. If that is lost, a number that was never returned for
  // this folder.
  std::uint64_t generation() const { return generation_; }

  // Whether something was written that has records: the lock file says that the folder was used, or
  // one of the files that are no databases is not empty.
  bool has_contents() const { return has_contents_; }

  // To be called when all of the files exist. From then on the folder counts as used, also after a
  // power cut. Throws std::runtime_error if that cannot be written.
  void MarkUsed();

 private:
  void Lock();
  void CheckFiles(const std::vector<std::string>& files);

  std::string path_;
  Descriptor lock_;
  std::uint64_t generation_ = 0;
  bool has_contents_ = false;
};

}  // namespace msc
