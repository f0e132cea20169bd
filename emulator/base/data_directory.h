#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/base/descriptor.h"

namespace msc {

// Owns a data folder for as long as this object lives, also against other processes. The lock ends
// with the process, however it ends; forked children do not hold it.
class DataDirectory {
 public:
  // Creates the folder if it is missing. `files`: the files that a used folder contains. If one of
  // them is missing in a used folder, or not empty in a new one, the folder is not changed, because
  // a start would destroy the remaining data. Throws std::runtime_error in that case, if the folder
  // cannot be created or written, or if another emulator uses it. An empty path owns nothing.
  DataDirectory(const std::string& path, const std::vector<std::string>& files = {});
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  // How often the folder was used before.
  std::uint64_t generation() const { return generation_; }

  // To be called when all of the files exist. From then on the folder counts as used, also after a
  // power cut. Throws std::runtime_error if that cannot be written.
  void MarkUsed();

 private:
  void Lock();
  void CheckFiles(const std::vector<std::string>& files) const;

  std::string path_;
  Descriptor lock_;
  std::uint64_t generation_ = 0;
};

}  // namespace msc
