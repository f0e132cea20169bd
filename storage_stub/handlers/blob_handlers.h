#pragma once

#include <memory>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/handlers/copy_program.h"
#include "storage_stub/records/blob_store.h"
#include "storage_stub/records/page_store.h"

namespace msc::storage {

// Operations on whole blobs. Thread-safe. REQUIRES: all references outlive it.
class BlobHandlers {
 public:
  // `strict`: limits are those of the request's version.
  BlobHandlers(const Authorizer& authorizer, BlobStore& blobs, PageStore& pages,
               const CopyProgram& copy_program, std::shared_ptr<ExtentFile> file,
               const Clock& clock, Random& random, bool strict)
      : authorizer_(authorizer),
        blobs_(blobs),
        pages_(pages),
        copy_program_(copy_program),
        file_(std::move(file)),
        clock_(clock),
        random_(random),
        strict_(strict) {}

  // Put Blob, and the operations that copy, which a header tells apart.
  Result<http::Response> Put(const http::Request& request) const;
  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> GetProperties(const http::Request& request) const;
  Result<http::Response> GetMetadata(const http::Request& request) const;
  Result<http::Response> SetProperties(const http::Request& request) const;
  Result<http::Response> SetMetadata(const http::Request& request) const;
  Result<http::Response> SetTier(const http::Request& request) const;

  Result<http::Response> AbortCopy(const http::Request& request) const;
  Result<http::Response> List(const http::Request& request) const;

 private:
  // The errors of CheckIsBlobItself.
  Result<AuthorizedRequest> Authorize(const http::Request& request,
                                      const RequiredPermission& required) const;

  Result<http::Response> PutBody(const http::Request& request, const AuthorizedRequest& authorized,
                                 const WritePreconditions& preconditions) const;
  // An append blob or a page blob, which begins without any bytes of the client.
  Result<http::Response> Create(const http::Request& request, const AuthorizedRequest& authorized,
                                const WritePreconditions& preconditions, BlobType type) const;
  Result<http::Response> Copy(const http::Request& request, const AuthorizedRequest& authorized,
                              const WritePreconditions& preconditions) const;

  // From another server.
  Result<http::Response> CopyRemote(const http::Request& request,
                                    const AuthorizedRequest& authorized,
                                    const WritePreconditions& preconditions) const;

  // The blob for a read of its properties or its metadata, if the conditions and the key allow it.
  Result<BlobRecord> FindRecord(const http::Request& request,
                                const AuthorizedRequest& authorized) const;

  // Holds the bytes against `md5`, and the copy to these very bytes. kMd5Mismatch.
  Status CheckSourceMd5(const http::Request& request, const Bytes& md5, CopySource& source) const;

  const Authorizer& authorizer_;
  BlobStore& blobs_;
  PageStore& pages_;
  const CopyProgram& copy_program_;
  std::shared_ptr<ExtentFile> file_;
  const Clock& clock_;
  Random& random_;
  bool strict_;
};

}  // namespace msc::storage
