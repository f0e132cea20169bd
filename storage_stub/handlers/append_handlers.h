#pragma once

#include <memory>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/append_store.h"
#include "storage_stub/records/blob_store.h"

namespace msc::storage {

// Operations on append blobs. Thread-safe. REQUIRES: all references outlive it.
class AppendHandlers {
 public:
  // `source`: where blocks are copied from. `strict`: size limits are those of the request's
  // version.
  AppendHandlers(const Authorizer& authorizer, AppendStore& appends, const BlobStore& source,
                 std::shared_ptr<ExtentFile> file, const Clock& clock, bool strict)
      : authorizer_(authorizer),
        appends_(appends),
        source_(source),
        file_(std::move(file)),
        clock_(clock),
        strict_(strict) {}

  // Also Append Block From URL, which a header tells apart.
  Result<http::Response> AppendBlock(const http::Request& request) const;
  Result<http::Response> Seal(const http::Request& request) const;

 private:
  const Authorizer& authorizer_;
  AppendStore& appends_;
  const BlobStore& source_;
  std::shared_ptr<ExtentFile> file_;
  const Clock& clock_;
  bool strict_;
};

}  // namespace msc::storage
