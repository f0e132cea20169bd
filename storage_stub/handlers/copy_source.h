#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// The blob of this endpoint that a request's x-ms-copy-source names, and which the requester may
// read: by a signature in the source's URL, or because the request proves the key of the source's
// own account. kCannotVerifyCopySource for a URL of anywhere else, or that may not be read;
// kInvalidHeaderValue, kInvalidMetadata, kMetadataTooLarge.
Result<CopySource> ReadCopySource(const http::Request& request, const AuthorizedRequest& authorized,
                                  const Authorizer& authorizer);

}  // namespace msc::storage
