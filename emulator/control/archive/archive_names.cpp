#include "emulator/control/archive/archive_names.h"

#include "emulator/base/text.h"

namespace msc::control {

std::string ExtentFileName(const storage::Extent& extent) {
  return std::string(kExtentsFolder) + std::to_string(extent.offset) + '-' +
         std::to_string(extent.length);
}

std::optional<storage::Extent> ParseExtentFileName(std::string_view name) {
  if (!name.starts_with(kExtentsFolder)) return std::nullopt;
  const auto numbers = Split(name.substr(kExtentsFolder.size()), '-');
  if (numbers.size() != 2) return std::nullopt;
  const auto offset = ParseUnsigned(numbers[0]), length = ParseUnsigned(numbers[1]);
  if (!offset || !length) return std::nullopt;
  const storage::Extent extent{*offset, *length};
  if (ExtentFileName(extent) != name) return std::nullopt;  // It has leading zeros.
  return extent;
}

}  // namespace msc::control
