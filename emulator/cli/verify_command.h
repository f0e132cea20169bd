#pragma once

#include <filesystem>

namespace msc {

// Checks a data folder and prints what it found to stdout. Returns the exit code: 0 if it is sound,
// kExitFailed, kExitUsage if there is no such folder, kExitFolderTaken.
int VerifyFolder(const std::filesystem::path& folder);

}  // namespace msc
