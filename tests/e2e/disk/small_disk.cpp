#include "tests/e2e/disk/small_disk.h"

#include <sys/mount.h>

#include <exception>
#include <filesystem>
#include <vector>

#include "tests/support/emulator_process.h"

namespace msc::testing {
namespace {

bool Run(const std::vector<std::string>& command) {
  try {
    return RunToEnd(command).code == 0;
  } catch (const std::exception&) {  // There is no such program.
    return false;
  }
}

}  // namespace

SmallDisk::SmallDisk(Kind kind, int mebibytes) {
  std::filesystem::create_directory(path());
  const std::string size = std::to_string(mebibytes) + 'M';
  if (kind == Kind::kTmpfs) {
    is_mounted_ = Run({"mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path()});
    return;
  }
  const std::string image = folder_.path() + "/image";
  is_mounted_ = Run({"truncate", "-s", size, image}) &&
                Run({"mkfs.ext4", "-q", "-b", "1024", "-m", "0", image}) &&
                Run({"mount", "-o", "loop", image, path()});
}

SmallDisk::~SmallDisk() {
  if (is_mounted_) ::umount2(path().c_str(), MNT_DETACH);
}

}  // namespace msc::testing
