#pragma once

#include <cstdint>
#include <memory>

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"
#include "storage_stub/model/blob_record.h"
#include "storage_stub/model/copy_sources.h"
#include "storage_stub/protocol/byte_range.h"

namespace msc::storage {

// What another server sends for the x-ms-copy-source of a request.
struct RemoteSource {
  http::Headers headers;
  std::unique_ptr<http::BodyReader> body;
  std::uint64_t size = 0;  // Bytes of the body.
};

// Whether the source of a request is on another server that may be read.
bool HasRemoteSource(const http::Request& request, const CopySources& allowed);

// Begins to read it; `range`: nullopt: all. Conditions on the source are sent along. The source's
// own status decides the error: kCopySource…, kSourceConditionNotMet, kInvalidRange; else
// kCannotVerifyCopySource. kBodyTooLarge for more than `limit` bytes.
// REQUIRES: HasRemoteSource; the request outlives the result.
Result<RemoteSource> OpenRemote(const http::Request& request, const CopySources& allowed,
                                const std::optional<http::RangeRequest>& range,
                                std::uint64_t limit);

// Takes from the headers of a source what the record does not have yet: content properties and
// metadata.
void TakeProperties(const http::Headers& headers, BlobRecord& record);

}  // namespace msc::storage
