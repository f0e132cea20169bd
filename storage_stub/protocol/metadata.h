#pragma once

#include <string>
#include <utility>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"

namespace msc::storage {

// Names as the client wrote them, without the prefix of their headers, each once whatever its case.
using Metadata = std::vector<std::pair<std::string, std::string>>;

// The headers x-ms-meta-…; the values of repeated ones are joined, as HTTP allows.
// kInvalidMetadata, kMetadataTooLarge.
Result<Metadata> ReadMetadata(const http::Headers& headers);

// The headers that tell `metadata`.
void AddMetadata(http::Headers& headers, const Metadata& metadata);

}  // namespace msc::storage
