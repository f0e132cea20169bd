#pragma once

#include <memory>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/page_store.h"

namespace msc::storage {

// Operations on the pages of a page blob. Thread-safe. REQUIRES: all references outlive it.
class PageHandlers {
 public:
  // `source`: where pages are copied from.
  PageHandlers(const Authorizer& authorizer, PageStore& pages, const BlobStore& source,
               std::shared_ptr<ExtentFile> file, const Clock& clock)
      : authorizer_(authorizer),
        pages_(pages),
        source_(source),
        file_(std::move(file)),
        clock_(clock) {}

  // Also Put Page From URL, which a header tells apart.
  Result<http::Response> PutPage(const http::Request& request) const;
  Result<http::Response> GetRanges(const http::Request& request) const;

 private:
  // A Put Page that is authorized, without its bytes.
  struct PageWrite {
    AuthorizedRequest authorized;
    WritePreconditions preconditions;
    SequenceConditions conditions;
    http::ByteRange range;
  };

  Result<PageWrite> ReadWrite(const http::Request& request) const;
  Result<http::Response> Update(const http::Request& request, const PageWrite& write) const;
  Result<http::Response> Clear(const http::Request& request, const PageWrite& write) const;

  const Authorizer& authorizer_;
  PageStore& pages_;
  const BlobStore& source_;
  std::shared_ptr<ExtentFile> file_;
  const Clock& clock_;
};

}  // namespace msc::storage
