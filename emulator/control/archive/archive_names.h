#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage_stub/extents/region_allocator.h"

// The files of an archive of the state.
namespace msc::control {

inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kRecordsFile = "emulator.db";
inline constexpr std::string_view kExtentsFolder = "extents/";

// "extents/<offset>-<length>"
std::string ExtentFileName(const storage::Extent& extent);

// nullopt for what ExtentFileName does not make.
std::optional<storage::Extent> ParseExtentFileName(std::string_view name);

}  // namespace msc::control
