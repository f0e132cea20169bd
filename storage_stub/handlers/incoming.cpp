#include "storage_stub/handlers/incoming.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "emulator/http/http_error.h"
#include "storage_stub/handlers/copy_source.h"
#include "storage_stub/handlers/remote_source.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// Another blob, read as if a client sent it.
class SourceBody final : public http::BodyReader {
 public:
  SourceBody(OpenBlob blob, const http::Request& request)
      : blob_(std::move(blob)),
        reader_(blob_.bytes, blob_.skip, blob_.range.length),
        request_(request) {}

  std::optional<std::uint64_t> size() const override { return blob_.range.length; }
  void Limit(std::uint64_t /*bytes*/) override {}  // ReadIncoming checks the size.
  Result<std::size_t> Read(std::span<char> buffer) override {
    if (request_.IsUnwanted()) {
      return Error{http::HttpError::kClientGone, "nobody waits for the copy any more"};
    }
    return reader_.Read(buffer);
  }

 private:
  const OpenBlob blob_;
  ExtentReader reader_;
  const http::Request& request_;
};

Result<DeclaredChecksums> ReadSourceChecksums(const http::Request& request) {
  auto md5 = ReadMd5(request, wire::kSourceMd5);
  if (!md5) return md5.error();
  auto crc64 = ReadCrc64(request, wire::kSourceCrc64);
  if (!crc64) return crc64.error();
  if (!md5->empty() && *crc64) {
    return Error{StorageError::kBothCrc64AndMd5HeaderPresent, "one checksum is enough"};
  }
  return DeclaredChecksums{.md5 = *std::move(md5), .crc64 = *std::move(crc64)};
}

// The error of a copy for that of a read of its source.
Error OfSource(const Error& error) {
  const auto code = error.code.As<StorageError>();
  if (code == StorageError::kConditionNotMet || code == StorageError::kNotModified) {
    return {StorageError::kSourceConditionNotMet, "a condition on the source is not met"};
  }
  const bool is_missing =
      code == StorageError::kBlobNotFound || code == StorageError::kContainerNotFound;
  return is_missing ? CopySourceMissing(error) : error;
}

Result<Incoming> ReadRemoteSource(const http::Request& request, std::uint64_t limit,
                                  const CopySources& allowed) {
  auto declared = ReadSourceChecksums(request);
  if (!declared) return declared.error();
  const auto range = ReadSourceRange(request);
  if (!range) return range.error();
  auto remote = OpenRemote(request, allowed, *range, limit);
  if (!remote) return remote.error();
  declared->capacity = remote->size;
  Incoming incoming{.source = std::move(remote->body), .declared = *std::move(declared)};
  incoming.body = incoming.source.get();
  return incoming;
}

Result<Incoming> ReadSource(const http::Request& request, const AuthorizedRequest& authorized,
                            std::uint64_t limit, const Authorizer& authorizer,
                            const BlobStore& blobs) {
  if (request.body != nullptr && request.body->size() != 0) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kContentLength,
                     request.header(wire::kContentLength).value_or(""));
  }
  if (HasRemoteSource(request, authorizer.copy_sources())) {
    return ReadRemoteSource(request, limit, authorizer.copy_sources());
  }
  auto source = ReadCopySource(request, authorized, authorizer);
  if (!source) return source.error();
  auto declared = ReadSourceChecksums(request);
  if (!declared) return declared.error();
  const auto range = ReadSourceRange(request);
  if (!range) return range.error();
  auto blob = blobs.Open(source->name, {.conditions = std::move(source->conditions),
                                        .range = *range,
                                        .now = source->now,
                                        .key_sha256 = std::move(source->key_sha256)});
  if (!blob) return OfSource(blob.error());
  if (blob->range.length > limit) {
    return Error{.code = http::HttpError::kBodyTooLarge,
                 .message = "the range of the source is too large",
                 .facts = SizeLimit{limit}};
  }
  declared->capacity = blob->range.length;
  Incoming incoming{.source = std::make_unique<SourceBody>(*std::move(blob), request),
                    .declared = *std::move(declared)};
  incoming.body = incoming.source.get();
  return incoming;
}

}  // namespace

Result<Incoming> ReadIncoming(const http::Request& request, const AuthorizedRequest& authorized,
                              std::uint64_t limit, const Authorizer& authorizer,
                              const BlobStore& blobs) {
  if (request.header(wire::kCopySource)) {
    return ReadSource(request, authorized, limit, authorizer, blobs);
  }
  auto declared = ReadDeclaredChecksums(request, limit, {wire::kContentMd5});
  if (!declared) return declared.error();
  return Incoming{.body = request.body, .declared = *std::move(declared)};
}

Result<Digests> ReceiveBlock(const Incoming& incoming, ExtentWriter& writer, bool wants_md5) {
  auto digests = Receive(incoming.body, incoming.declared, writer, wants_md5);
  if (digests && writer.extent().length == 0) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kContentLength, wire::kZero);
  }
  return digests;
}

}  // namespace msc::storage
