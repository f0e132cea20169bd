#pragma once

#include <cstdint>
#include <string>

namespace msc {

// Sole ownership of a data folder for as long as this object lives, also across processes: the lock
// goes with the process, however it ends.
class DataDirectory {
 public:
  // Makes the folder where it is missing. Throws std::runtime_error if it cannot be made or
  // written, or if another emulator has it. An empty path owns nothing.
  explicit DataDirectory(const std::string& path);
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  // How often the folder was opened before.
  std::uint64_t generation() const { return generation_; }

 private:
  int lock_ = -1;
  std::uint64_t generation_ = 0;
};

}  // namespace msc
