#pragma once

#include <memory>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/authorizer.h"
#include "storage_stub/blob_store.h"

namespace msc::storage {

// Operations on whole blobs. Thread-safe. REQUIRES: all references outlive it.
class BlobHandlers {
 public:
  // `strict`: limits are those of the request's version.
  BlobHandlers(const Authorizer& authorizer, BlobStore& blobs, std::shared_ptr<ExtentFile> file,
               const Clock& clock, bool strict)
      : authorizer_(authorizer),
        blobs_(blobs),
        file_(std::move(file)),
        clock_(clock),
        strict_(strict) {}

  Result<http::Response> Put(const http::Request& request) const;
  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> GetProperties(const http::Request& request) const;
  Result<http::Response> Delete(const http::Request& request) const;

 private:
  // Admits requests for the blob itself, but not those for a part or a relative of it, which a
  // parameter asks for: kInvalidQueryParameterValue.
  Result<Access> Admit(const http::Request& request, std::string_view any_of) const;

  const Authorizer& authorizer_;
  BlobStore& blobs_;
  std::shared_ptr<ExtentFile> file_;
  const Clock& clock_;
  bool strict_;
};

// The blob service's operations on one screen. REQUIRES: `blobs` outlives them.
std::vector<http::Route> Routes(const BlobHandlers& blobs);

}  // namespace msc::storage
