#include "emulator/cli/verify_command.h"

#include <cstdint>
#include <iostream>
#include <string>

#include "emulator/cli/exit_code.h"
#include "emulator/folder_check.h"

namespace msc {
namespace {

// "1 blob", "2 blobs".
std::string Count(std::uint64_t number, const std::string& what) {
  return std::to_string(number) + ' ' + what + (number == 1 ? "" : "s");
}

std::string Summary(const FolderContents& contents, std::uint64_t problems) {
  return Count(contents.videos, "video") + ", " + Count(contents.containers, "container") + ", " +
         Count(contents.blobs, "blob") + ", " + Count(contents.blocks, "block") + " with " +
         Count(contents.bytes, "byte") + "; " +
         (problems == 0 ? "no problems" : Count(problems, "problem"));
}

}  // namespace

int VerifyFolder(const std::filesystem::path& folder) {
  if (!is_directory(folder)) {
    std::cerr << "msc-emulator: --data: '" << folder.string() << "' is no folder\n";
    return kExitUsage;
  }
  try {
    std::uint64_t problems = 0;
    const auto contents = CheckFolder(folder, [&](const std::string& line) {
      ++problems;
      std::cout << line << '\n';
    });
    std::cout << folder.string() << ": " << Summary(contents, problems) << std::endl;
    return problems == 0 ? 0 : kExitFailed;
  } catch (const FolderInUse& error) {
    std::cerr << "msc-emulator: " << error.what() << '\n';
    return kExitFolderTaken;
  }
}

}  // namespace msc
