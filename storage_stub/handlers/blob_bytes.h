#pragma once

#include "emulator/http/response.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// Makes the bytes of `blob` the body. Throws std::runtime_error if few bytes were changed from
// outside; a large body is cut off there when it is sent.
void AddBytes(http::Response& response, OpenBlob blob);

}  // namespace msc::storage
