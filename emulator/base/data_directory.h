#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace msc {

// Sole ownership of a data folder for as long as this object lives, also across processes: the lock
// goes with the process, however it ends.
class DataDirectory {
 public:
  // Makes the folder where it is missing. `files` are those that it holds once it has been in use:
  // where one of them is gone then, or where there are bytes in one although the folder is new, it
  // is left alone, since starting on it would destroy what is left. Throws std::runtime_error for
  // that, if the folder cannot be made or written, or if another emulator has it. An empty path
  // owns nothing.
  DataDirectory(const std::string& path, const std::vector<std::string>& files = {});
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  // How often the folder was in use before.
  std::uint64_t generation() const { return generation_; }

  // Tells that all of the files are there. From now on the folder counts as used, also after a
  // power cut. Throws std::runtime_error where that cannot be written.
  void MarkUsed();

 private:
  void Lock();
  void CheckFiles(const std::vector<std::string>& files) const;

  std::string path_;
  int lock_ = -1;
  std::uint64_t generation_ = 0;
};

}  // namespace msc
