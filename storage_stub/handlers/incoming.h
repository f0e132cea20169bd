#pragma once

#include <cstdint>
#include <memory>

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// The bytes that an operation writes, which are not received yet: the body of its request, or (Put
// Block From URL and its kind) those of its x-ms-copy-source: a blob, or what another server sends.
struct Incoming {
  http::BodyReader* body = nullptr;
  std::unique_ptr<http::BodyReader> source = {};  // Of x-ms-copy-source: what `body` points to.
  DeclaredChecksums declared = {};
};

// The errors of ReadDeclaredChecksums or, for other bytes, those of ReadCopySource and of
// OpenRemote, kSourceConditionNotMet, kInvalidRange, and kInvalidHeaderValue if the request has a
// body, too. kBodyTooLarge for more than `limit` bytes. REQUIRES: the request outlives the result.
Result<Incoming> ReadIncoming(const http::Request& request, const AuthorizedRequest& authorized,
                              std::uint64_t limit, const Authorizer& authorizer,
                              const BlobStore& blobs);

// Receives bytes for a block, which is not empty, into `writer`. The errors of Receive;
// kInvalidHeaderValue if there are none.
Result<Digests> ReceiveBlock(const Incoming& incoming, ExtentWriter& writer, bool wants_md5);

}  // namespace msc::storage
