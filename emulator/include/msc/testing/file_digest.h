#pragma once

#include <msc/export.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace msc::testing {

// Size and hash of a file, to compare it with an upload.
struct FileDigest {
  std::uint64_t bytes = 0;
  std::string sha256{};  // Lower-case hex, as VideoInfo has it.
};

// Throws std::runtime_error if the file cannot be read.
MSC_EXPORT FileDigest DigestOf(const std::filesystem::path& file);

}  // namespace msc::testing
