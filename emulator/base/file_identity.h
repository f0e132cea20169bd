#pragma once

#include <sys/stat.h>

namespace msc {

// Which file it is, whatever its name: the same for two names of one file, and different for a file
// that was put in the place of another one.
struct FileIdentity {
  FileIdentity() = default;
  explicit FileIdentity(const struct stat& status) : device(status.st_dev), inode(status.st_ino) {}

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;

  dev_t device = 0;
  ino_t inode = 0;
};

}  // namespace msc
