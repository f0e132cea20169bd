#pragma once

#include <functional>
#include <utility>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// Blob Batch: many deletes, or many Set Blob Tier, in one request. Thread-safe. REQUIRES: the
// references outlive it.
class BatchHandlers {
 public:
  // Answers a request as the whole service does.
  using Dispatch = std::function<http::Response(http::Request&)>;

  BatchHandlers(const Authorizer& authorizer, BlobStore& blobs, const Clock& clock, Random& random,
                Dispatch dispatch)
      : authorizer_(authorizer),
        blobs_(blobs),
        clock_(clock),
        random_(random),
        dispatch_(std::move(dispatch)) {}

  static constexpr std::uint64_t kMaxBody = 4 * 1024 * 1024;  // Bytes.
  static constexpr std::size_t kMaxRequests = 256;

  // Of an account, or of a container; then requests for blobs in other ones fail.
  Result<http::Response> Run(const http::Request& request) const;

 private:
  http::Response Respond(http::Request& request, const ResourceName& scope) const;

  const Authorizer& authorizer_;
  BlobStore& blobs_;
  const Clock& clock_;
  Random& random_;
  const Dispatch dispatch_;
};

}  // namespace msc::storage
