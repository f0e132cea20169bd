#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "emulator/control/json/render.h"

namespace msc::control {

// Bytes. Larger uploads are given as files beside the seed.
inline constexpr std::uint64_t kMostSeedBytes = 64 * 1024 * 1024;

// Passes each video of a seed {"videos":[…]} to `take` as soon as it has been read, so that memory
// does not grow with their number. Throws std::runtime_error that names the file, and what is wrong
// with it or with which video; what `take` throws is wrapped in the same way.
void ReadSeedFile(const std::filesystem::path& path, const std::function<void(Json& video)>& take);

}  // namespace msc::control
