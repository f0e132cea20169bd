#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

namespace msc {

// The database in a data folder.
inline constexpr const char* kEmulatorDatabase = "emulator.db";

// What a data folder contains, as far as its records could be read.
struct FolderContents {
  std::uint64_t videos = 0;
  std::uint64_t containers = 0;
  std::uint64_t blobs = 0;
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;  // In blocks.
};

// An emulator uses the folder.
class FolderInUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Checks the data folder of an emulator that does not run, without changing it: the records are
// read from a copy in the folder for temporary files. `report` takes one line for each problem.
// Throws FolderInUse, or std::runtime_error if there is no such folder or the copy cannot be made.
FolderContents CheckFolder(const std::filesystem::path& folder,
                           const std::function<void(const std::string&)>& report);

}  // namespace msc
