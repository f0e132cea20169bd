#pragma once

#include <string>
#include <utility>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"

namespace msc::storage {

// Names as the client wrote them, without the headers' prefix; names that differ only in case are
// the same.
using Metadata = std::vector<std::pair<std::string, std::string>>;

// Reads the headers x-ms-meta-…; values of repeated ones are joined, as HTTP allows.
// kInvalidMetadata, kMetadataTooLarge.
Result<Metadata> ReadMetadata(const http::Headers& headers);

// Adds the headers for `metadata`.
void AddMetadata(http::Headers& headers, const Metadata& metadata);

}  // namespace msc::storage
