#pragma once

#include <string>
#include <string_view>

#include "emulator/http/router.h"
#include "emulator/http/thread_use.h"
#include "storage_stub/blob_service.h"

namespace msc {

// Chooses the subject that serves a request: by the first segment of the path, or by a host that
// names a storage account.
class RequestDispatcher {
 public:
  // `blob_url`: the blob endpoint, if it has a port of its own; else empty. REQUIRES: all outlive
  // the object.
  RequestDispatcher(const http::Router& videos, const http::Router& keys,
                    const http::Router& playback, const http::Router& control,
                    const http::Router& dashboard, const storage::BlobService& blobs,
                    const std::string& blob_url);

  // For a request on the main port. If the host of a request for blobs names the account, the
  // account is added to the target.
  const http::Router& Choose(http::Request& request) const;

  // The same on the blob endpoint's own port.
  const http::Router& ChooseBlobs(http::Request& request) const;

  // Requests of the control API are short, but for those whose route says that they may wait.
  http::ThreadUse ThreadUseOf(http::Method method, std::string_view target) const;

  // Whether it is the router of the page for people.
  bool IsDashboard(const http::Router& router) const { return &router == &dashboard_; }

  // Whether it is the router of /__admin.
  bool IsControl(const http::Router& router) const { return &router == &control_; }

  // Whether it is the router of blobs, and a browser sees them in the origin of /__admin.
  bool IsBesideControl(const http::Router& router) const {
    return &router == &blobs_.router() && !blobs_elsewhere_;
  }

 private:
  static bool IsForDashboard(const http::Request& request, std::string_view segment);
  bool IsForBlobs(const http::Request& request, std::string_view segment) const;

  const http::Router& videos_;
  const http::Router& keys_;
  const http::Router& playback_;
  const http::Router& control_;
  const http::Router& dashboard_;
  const storage::BlobService& blobs_;
  const bool blobs_elsewhere_;
  const http::Router nowhere_;
};

}  // namespace msc
