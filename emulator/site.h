#pragma once

#include <string_view>

#include "emulator/http/router.h"
#include "storage_stub/blob_service.h"

namespace msc {

// Which subject answers what on the main port: told by the first segment of the path,
// or by a host that names a storage account.
class Site {
 public:
  // `blobs_elsewhere`: the blob endpoint has a port of its own. REQUIRES: all outlive the object.
  Site(const http::Router& videos, const http::Router& keys, const http::Router& control,
       const storage::BlobService& blobs, bool blobs_elsewhere);

  http::Response Dispatch(http::Request& request) const;

 private:
  bool IsForBlobs(const http::Request& request) const;
  const http::Router& Choose(const http::Request& request) const;

  const http::Router& videos_;
  const http::Router& keys_;
  const http::Router& control_;
  const storage::BlobService& blobs_;
  const bool blobs_elsewhere_;
  const http::Router nowhere_;
};

}  // namespace msc
