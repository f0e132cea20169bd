#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage_stub/extents/region_allocator.h"

// The names of the files in an archive of the state.
namespace msc::control {

inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kRecordsFile = "emulator.db";
inline constexpr std::string_view kExtentsFolder = "extents/";

// "extents/<offset>-<length>"
std::string ExtentFileName(const storage::Extent& extent);

// nullopt if ExtentFileName could not have made the name.
std::optional<storage::Extent> ParseExtentFileName(std::string_view name);

}  // namespace msc::control
