#pragma once

#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/tag_store.h"

namespace msc::storage {

// Operations on the tags of blobs. Thread-safe. REQUIRES: all references outlive it.
class TagHandlers {
 public:
  TagHandlers(const Authorizer& authorizer, TagStore& tags, const BlobStore& blobs)
      : authorizer_(authorizer), tags_(tags), blobs_(blobs) {}

  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> Set(const http::Request& request) const;

  // Find Blobs by Tags, in an account or in a container.
  Result<http::Response> FindInAccount(const http::Request& request) const;
  Result<http::Response> FindInContainer(const http::Request& request) const;

 private:
  Result<http::Response> Find(const http::Request& request,
                              const RequiredPermission& required) const;

  const Authorizer& authorizer_;
  TagStore& tags_;
  const BlobStore& blobs_;
};

}  // namespace msc::storage
