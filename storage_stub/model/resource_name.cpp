#include "storage_stub/model/resource_name.h"

#include <algorithm>
#include <vector>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {
namespace {

constexpr std::size_t kMinContainer = 3;
constexpr std::size_t kMaxContainer = 63;
constexpr std::size_t kMaxBlob = 1024;

// The number of UTF-16 code units of a UTF-8 text.
std::size_t Utf16Size(std::string_view text) {
  std::size_t size = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) size += byte >= 0xF0 ? 2 : 1;
  }
  return size;
}

}  // namespace

std::string PathOf(const ResourceName& name) {
  std::string path = name.account;
  path.append(1, '/').append(name.container).append(1, '/').append(name.blob);
  if (name.moment != BlobMoment{}) path.append(1, '@').append(std::to_string(name.moment.number));
  return path;
}

Status CheckContainerName(std::string_view name) {
  if (name == kRootContainer || name == kWebContainer || name == kLogsContainer) return Done{};
  if (name.size() < kMinContainer || name.size() > kMaxContainer) {
    return Error{StorageError::kNameLengthOutOfRange,
                 "a container's name has 3 to 63 characters: " + std::string(name)};
  }
  const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'z') || c == '-';
  });
  if (!letters || name.front() == '-' || name.back() == '-' ||
      name.find("--") != std::string_view::npos) {
    return Error{StorageError::kInvalidResourceName,
                 "a container's name is of lower-case letters, digits and single hyphens inside"};
  }
  return Done{};
}

std::string ResolveBlobName(std::string_view name) {
  std::string path(name);
  std::replace(path.begin(), path.end(), '\\', '/');
  const auto segments = Split(path, '/');
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool is_parent = segments[i] == "..";
    const bool is_dots = is_parent || segments[i] == ".";
    if (is_parent && !kept.empty()) kept.pop_back();
    if (!is_dots) kept.emplace_back(segments[i]);
    if (is_dots && i + 1 == segments.size()) kept.emplace_back();  // The result ends with a slash.
  }
  std::string resolved = Join(kept, '/');
  resolved.erase(resolved.find_last_not_of('.') + 1);
  return resolved;
}

Status CheckBlobName(std::string_view name) {
  if (name.empty() || !IsUtf8(name) || std::any_of(name.begin(), name.end(), IsControl) ||
      Utf16Size(name) > kMaxBlob) {
    return Error{
        StorageError::kInvalidUri,
        "a blob's name is 1 to 1,024 characters of UTF-8, none of them a control character"};
  }
  return Done{};
}

}  // namespace msc::storage
