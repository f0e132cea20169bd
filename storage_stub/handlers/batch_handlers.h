#pragma once

#include <functional>
#include <utility>

#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"

namespace msc::storage {

// Blob Batch: many deletes, or many Set Blob Tier, in one request. Thread-safe. REQUIRES: the
// references outlive it.
class BatchHandlers {
 public:
  // Answers a request as the whole service does.
  using Dispatch = std::function<http::Response(http::Request&)>;

  BatchHandlers(const Authorizer& authorizer, Random& random, Dispatch dispatch)
      : authorizer_(authorizer), random_(random), dispatch_(std::move(dispatch)) {}

  static constexpr std::uint64_t kMaxBody = 4 * 1024 * 1024;  // Bytes.
  static constexpr std::size_t kMaxRequests = 256;

  // Of an account, or of a container, in which all blobs must then be.
  Result<http::Response> Run(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  Random& random_;
  const Dispatch dispatch_;
};

}  // namespace msc::storage
