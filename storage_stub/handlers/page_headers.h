#pragma once

#include <cstdint>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/records/page_store.h"

// The headers of operations on page blobs. Errors, unless others are named: kInvalidHeaderValue.
namespace msc::storage {

// The size of a new page blob, in bytes, from x-ms-blob-content-length. Also
// kMissingRequiredHeader.
Result<std::uint64_t> ReadPageBlobSize(const http::Request& request);

// The sequence number of a new page blob; 0 if the header is absent.
Result<std::uint64_t> ReadSequenceNumber(const http::Request& request);

// The pages to write or to clear. Also kMissingRequiredHeader; kInvalidPageRange unless it begins
// and ends with a page.
Result<http::ByteRange> ReadPageRange(const http::Request& request);

// Whether pages are cleared instead of written. Also kMissingRequiredHeader.
Result<bool> ReadClears(const http::Request& request);

Result<SequenceConditions> ReadSequenceConditions(const http::Request& request);

// Whether Set Blob Properties changes what only page blobs have.
bool ChangesPageBlob(const http::Request& request);

// What it changes, but for the properties that all blobs have. Also kMissingRequiredHeader.
Result<PageBlobChange> ReadPageBlobChange(const http::Request& request);

}  // namespace msc::storage
