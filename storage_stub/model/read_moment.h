#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/model/blob_moment.h"

namespace msc::storage {

// The snapshot or the version of a blob that the query of a request names; else the blob itself.
// kInvalidQueryParameterValue for a malformed one, and for an operation that has none;
// kMutuallyExclusiveQueryParameters for both.
Result<BlobMoment> ReadMoment(const http::Request& request);

}  // namespace msc::storage
