#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/extents/digests.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// The digests that a read of a range asks for. kInvalidHeaderValue if it asks for both, or for one
// without a range.
Result<WantedDigests> ReadRangeDigests(const http::Request& request,
                                       const std::optional<http::RangeRequest>& range);

// The digests of all bytes in the range. kClientGone if nobody waits for the response to `request`
// any more.
Result<Digests> DigestsOf(const OpenBlob& blob, WantedDigests wanted, const http::Request& request);

// Also kOutOfRangeInput for a range of more than 4 MiB.
Result<Digests> DigestsOfRange(const OpenBlob& blob, WantedDigests wanted,
                               const http::Request& request);

}  // namespace msc::storage
