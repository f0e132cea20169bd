#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace msc {

// Makes `file` appear with all of `text` in it, also after a power cut, or not at all; replaces
// what was there. `mode`: its permissions, less the process's umask. Throws std::runtime_error that
// names the file.
void WriteWholeFile(const std::filesystem::path& file, std::string_view text, unsigned mode);

// The whole content of `file`. Throws std::runtime_error that names the file.
std::string ReadWholeFile(const std::filesystem::path& file);

}  // namespace msc
