#include "storage_stub/protocol/metadata.h"

#include <algorithm>
#include <string_view>

#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

bool IsMetadataName(std::string_view name) {
  return !name.empty() && !IsDigit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '_'; });
}

Result<Metadata> ReadMetadata(const http::Headers& headers) {
  Metadata metadata;
  std::size_t size = 0;
  for (const auto& header : headers) {
    const std::string_view full = header.name;
    if (!EqualsIgnoringCase(full.substr(0, wire::kMetadataPrefix.size()), wire::kMetadataPrefix)) {
      continue;
    }
    const auto name = full.substr(wire::kMetadataPrefix.size());
    if (!IsMetadataName(name) || !http::IsHeaderText(header.value)) {
      return Error{StorageError::kInvalidMetadata, "a metadata name must be an identifier"};
    }
    size += name.size() + header.value.size();
    const auto same = std::find_if(metadata.begin(), metadata.end(), [&](const auto& pair) {
      return EqualsIgnoringCase(pair.first, name);
    });
    if (same == metadata.end()) {
      metadata.emplace_back(name, header.value);
    } else {
      same->second += ',' + header.value;
    }
  }
  if (size > kMaxMetadataSize) {
    return Error{StorageError::kMetadataTooLarge, "metadata has at most 8 KiB"};
  }
  return metadata;
}

void AddMetadata(http::Headers& headers, const Metadata& metadata) {
  for (const auto& [name, value] : metadata) {
    headers.push_back({std::string(wire::kMetadataPrefix) + name, value});
  }
}

}  // namespace msc::storage
