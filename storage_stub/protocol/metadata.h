#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"

namespace msc::storage {

// Names as the client wrote them, without the headers' prefix; names that differ only in case are
// the same.
using Metadata = std::vector<std::pair<std::string, std::string>>;

// Bytes of all names and values of a blob or a container.
inline constexpr std::size_t kMaxMetadataSize = 8 * 1024;

// An identifier: ASCII letters, digits and underscores, not a digit first.
bool IsMetadataName(std::string_view name);

// Reads the headers x-ms-meta-…; values of repeated ones are joined, as HTTP allows.
// kInvalidMetadata, kMetadataTooLarge.
Result<Metadata> ReadMetadata(const http::Headers& headers);

// Adds the headers for `metadata`.
void AddMetadata(http::Headers& headers, const Metadata& metadata);

}  // namespace msc::storage
