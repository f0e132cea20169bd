#pragma once

#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// Operations that protect a blob from changes. Thread-safe. REQUIRES: the references outlive it.
class ImmutabilityHandlers {
 public:
  ImmutabilityHandlers(const Authorizer& authorizer, BlobStore& blobs)
      : authorizer_(authorizer), blobs_(blobs) {}

  Result<http::Response> SetPolicy(const http::Request& request) const;
  Result<http::Response> DeletePolicy(const http::Request& request) const;
  Result<http::Response> SetLegalHold(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  BlobStore& blobs_;
};

}  // namespace msc::storage
