#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "emulator/base/nameless_file.h"

namespace msc::processing {

// The files that one job writes; all their bytes count against its limit.
class JobFiles {
 public:
  // `folder`: where the files are; empty: the system's folder for temporary files.
  JobFiles(std::string folder, std::uint64_t limit) : folder_(std::move(folder)), limit_(limit) {}

  // A new file, which lives as long as this object. Throws std::runtime_error.
  NamelessFile& Add() { return files_.emplace_back(folder_); }

  // How many bytes may still be written; 0 if the limit is reached.
  std::uint64_t Left() const {
    std::uint64_t used = 0;
    for (const auto& file : files_) used += file.Size();
    return used < limit_ ? limit_ - used : 0;
  }

  std::uint64_t limit() const { return limit_; }

 private:
  const std::string folder_;
  const std::uint64_t limit_;
  std::deque<NamelessFile> files_;
};

}  // namespace msc::processing
