#pragma once

#include <string>

#include "tests/support/child_process.h"

namespace msc::testing {

// A file system of a few MiB, for as long as this object lives.
class SmallDisk {
 public:
  enum class Kind {
    kTmpfs,
    kExt4,  // With blocks of 1 KiB, in a loop mount.
  };

  SmallDisk(Kind kind, int mebibytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  // False: this user may not mount it.
  bool is_mounted() const { return is_mounted_; }

  std::string path() const { return folder_.path() + "/disk"; }

 private:
  const ScratchFolder folder_;
  bool is_mounted_ = false;
};

}  // namespace msc::testing
