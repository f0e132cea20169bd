#include "storage_stub/blobs/blob_handlers.h"

#include <array>
#include <utility>

#include "emulator/base/guid.h"
#include "storage_stub/blobs/blob_answers.h"
#include "storage_stub/blobs/blob_list.h"
#include "storage_stub/blobs/copy_source.h"
#include "storage_stub/blobs/range_digests.h"
#include "storage_stub/blobs/upload.h"
#include "storage_stub/blobs/write_terms.h"
#include "storage_stub/extents/extent_source.h"
#include "storage_stub/protocol/refusals.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::array<std::string_view, 2> kOtherOperations = {wire::kComp, wire::kRestype};

Status CheckBlobType(const http::Request& request) {
  const auto type = request.header(wire::kBlobType);
  if (!type) return HeaderMissing(wire::kBlobType);
  if (*type == wire::kBlockBlob) return Done{};
  const bool is_known = *type == wire::kPageBlob || *type == wire::kAppendBlob;
  return BadHeader(is_known ? StorageError::kUnsupportedHeader : StorageError::kInvalidHeaderValue,
                   wire::kBlobType, *type);
}

}  // namespace

Result<Access> BlobHandlers::Admit(const http::Request& request, const Need& need) const {
  for (const auto name : kOtherOperations) {
    if (const auto value = request.parameter(name)) {
      return BadParameter(StorageError::kInvalidQueryParameterValue, name, *value);
    }
  }
  return authorizer_.Admit(request, need);
}

Result<http::Response> BlobHandlers::Put(const http::Request& request) const {
  const auto access = Admit(request, kWriteBlob);
  if (!access) return access.error();
  const auto terms = ReadWriteTerms(request, *access);
  if (!terms) return terms.error();
  return request.header(wire::kCopySource) ? Copy(request, *access, *terms)
                                           : PutBody(request, *access, *terms);
}

Result<http::Response> BlobHandlers::PutBody(const http::Request& request, const Access& access,
                                             const WriteTerms& terms) const {
  if (auto typed = CheckBlobType(request); !typed) return typed.error();
  const auto claims = ReadClaims(request, PutBlobLimit(access.version, strict_),
                                 {wire::kContentMd5, wire::kBlobContentMd5});
  if (!claims) return claims.error();
  auto record = ReadRecord(request, true);
  if (!record) return record.error();
  if (claims->capacity > kSmallBody) {
    if (auto checked = blobs_.CheckPut(access.name, terms); !checked) return checked.error();
  }

  ExtentWriter writer(file_, claims->capacity);
  auto digests = Receive(request, *claims, writer, {.md5 = true});
  if (!digests) return digests.error();
  record->properties.md5 = std::move(digests->md5);
  record->last_modified = clock_.Now();
  const auto put = blobs_.Put(access.name, *std::move(record), writer, terms);
  if (!put) return put.error();
  return PutBlobAnswer(*put, access.version);
}

Result<http::Response> BlobHandlers::Copy(const http::Request& request, const Access& access,
                                          const WriteTerms& terms) const {
  const bool is_put = request.header(wire::kBlobType).has_value();
  if (is_put) {
    if (auto typed = CheckBlobType(request); !typed) return typed.error();
  }
  auto source = ReadCopySource(request, access, authorizer_);
  if (!source) return source.error();
  const Time now = clock_.Now();
  if (!is_put) source->record = {NewGuid(random_), source->source, now};
  const auto record = blobs_.Copy(access.name, *source, terms, now);
  if (!record) return record.error();
  return is_put ? PutBlobAnswer(*record, access.version) : CopyAnswer(*record);
}

Result<http::Response> BlobHandlers::Get(const http::Request& request) const {
  const auto access = Admit(request, kReadBlob);
  if (!access) return access.error();
  auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto range = ReadRange(request);
  if (!range) return range.error();
  const auto wanted = ReadRangeDigests(request, *range);
  if (!wanted) return wanted.error();
  auto blob = blobs_.Open(access->name, {*std::move(conditions), *range});
  if (!blob) return blob.error();
  const auto digests = DigestsOfRange(*blob, *wanted);
  if (!digests) return digests.error();
  auto response = range->has_value() ? RangeAnswer(*blob, access->overrides, *digests)
                                     : BlobAnswer(blob->record, access->overrides);
  response.source =
      std::make_unique<ExtentSource>(std::move(blob->bytes), blob->skip, blob->range.length);
  return response;
}

Result<http::Response> BlobHandlers::GetProperties(const http::Request& request) const {
  const auto access = Admit(request, kReadBlob);
  if (!access) return access.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto record = blobs_.Find(access->name, *conditions);
  if (!record) return record.error();
  return PropertiesAnswer(*record, access->overrides);
}

Result<http::Response> BlobHandlers::GetMetadata(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kReadBlob);
  if (!access) return access.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto record = blobs_.Find(access->name, *conditions);
  if (!record) return record.error();
  return MetadataAnswer(*record);
}

Result<http::Response> BlobHandlers::SetProperties(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kChangeBlob);
  if (!access) return access.error();
  const auto terms = ReadWriteTerms(request, *access);
  if (!terms) return terms.error();
  const auto asked = ReadRecord(request, false);
  if (!asked) return asked.error();
  const auto record = blobs_.Change(access->name, *terms, clock_.Now(), [&](BlobRecord& changed) {
    changed.properties = asked->properties;
  });
  if (!record) return record.error();
  return ChangeAnswer(*record);
}

Result<http::Response> BlobHandlers::SetMetadata(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kChangeBlob);
  if (!access) return access.error();
  const auto terms = ReadWriteTerms(request, *access);
  if (!terms) return terms.error();
  const auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  const auto record = blobs_.Change(access->name, *terms, clock_.Now(),
                                    [&](BlobRecord& changed) { changed.metadata = *metadata; });
  if (!record) return record.error();
  return ChangeAnswer(*record);
}

Result<http::Response> BlobHandlers::Delete(const http::Request& request) const {
  const auto access = Admit(request, kDeleteBlob);
  if (!access) return access.error();
  const auto terms = ReadWriteTerms(request, *access);
  if (!terms) return terms.error();
  if (auto deleted = blobs_.Delete(access->name, *terms); !deleted) return deleted.error();
  return DeleteBlobAnswer();
}

Result<http::Response> BlobHandlers::List(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kListBlobs);
  if (!access) return access.error();
  const auto order = ReadBlobListOrder(request);
  if (!order) return order.error();
  const auto page = blobs_.List(access->name, order->list, clock_.Now());
  if (!page) return page.error();
  return BlobListAnswer(request, access->name, *order, *page);
}

}  // namespace msc::storage
