#pragma once

#include <string_view>

#include "emulator/control/request_interceptor.h"
#include "emulator/http/router.h"
#include "storage_stub/blob_service.h"

namespace msc {

// Which subject answers what on the main port: told by the first segment of the path,
// or by a host that names a storage account. All but /__admin is observed.
class RequestDispatcher {
 public:
  // `blobs_elsewhere`: the blob endpoint has a port of its own. REQUIRES: all outlive the object.
  RequestDispatcher(const http::Router& videos, const http::Router& keys,
                    const http::Router& control, const storage::BlobService& blobs,
                    bool blobs_elsewhere, const control::RequestInterceptor& interceptor);

  // On the main port.
  http::Response Dispatch(http::Request& request) const;

  // On the blob endpoint's own port.
  http::Response DispatchBlob(http::Request& request) const;

 private:
  bool IsForBlobs(const http::Request& request, std::string_view segment) const;
  const http::Router& Choose(std::string_view segment) const;

  const http::Router& videos_;
  const http::Router& keys_;
  const http::Router& control_;
  const storage::BlobService& blobs_;
  const bool blobs_elsewhere_;
  const control::RequestInterceptor& interceptor_;
  const http::Router nowhere_;
};

}  // namespace msc
