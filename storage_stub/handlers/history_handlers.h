#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// Operations that begin or end the history of a blob. Thread-safe. REQUIRES: all references outlive
// it.
class HistoryHandlers {
 public:
  HistoryHandlers(const Authorizer& authorizer, BlobStore& blobs, const Clock& clock)
      : authorizer_(authorizer), blobs_(blobs), clock_(clock) {}

  Result<http::Response> Snapshot(const http::Request& request) const;
  Result<http::Response> Delete(const http::Request& request) const;
  Result<http::Response> Undelete(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  BlobStore& blobs_;
  const Clock& clock_;
};

}  // namespace msc::storage
