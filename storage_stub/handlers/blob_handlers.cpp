#include "storage_stub/handlers/blob_handlers.h"

#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/base/text.h"
#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/blob_bytes.h"
#include "storage_stub/handlers/blob_list.h"
#include "storage_stub/handlers/copy_source.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/page_headers.h"
#include "storage_stub/handlers/range_digests.h"
#include "storage_stub/handlers/remote_source.h"
#include "storage_stub/handlers/tier_headers.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

Result<BlobType> ReadBlobType(const http::Request& request) {
  const auto name = request.header(wire::kBlobType);
  if (!name) return HeaderMissing(wire::kBlobType);
  const auto type = ParseBlobType(*name);
  if (!type) return BadHeader(StorageError::kInvalidHeaderValue, wire::kBlobType, *name);
  return *type;
}

// Only block blobs are made from a URL.
Status CheckBlockBlob(const http::Request& request) {
  const auto type = ReadBlobType(request);
  if (!type) return type.error();
  if (*type == BlobType::kBlock) return Done{};
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kBlobType, NameOf(*type));
}

Status CheckNoBody(const http::Request& request) {
  if (request.body == nullptr || request.body->size() == 0) return Done{};
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kContentLength,
                   request.header(wire::kContentLength).value_or(""));
}

}  // namespace

Result<AuthorizedRequest> BlobHandlers::Authorize(const http::Request& request,
                                                  const RequiredPermission& required) const {
  if (auto itself = CheckIsBlobItself(request); !itself) return itself.error();
  return authorizer_.Authorize(request, required);
}

Result<http::Response> BlobHandlers::Put(const http::Request& request) const {
  const auto authorized = Authorize(request, kWriteBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  return request.header(wire::kCopySource) ? Copy(request, *authorized, *preconditions)
                                           : PutBody(request, *authorized, *preconditions);
}

Result<http::Response> BlobHandlers::PutBody(const http::Request& request,
                                             const AuthorizedRequest& authorized,
                                             const WritePreconditions& preconditions) const {
  const auto type = ReadBlobType(request);
  if (!type) return type.error();
  if (*type != BlobType::kBlock) return Create(request, authorized, preconditions, *type);
  const auto declared = ReadDeclaredChecksums(request, PutBlobLimit(authorized.version, strict_),
                                              {wire::kBlobContentMd5, wire::kContentMd5});
  if (!declared) return declared.error();
  auto record = ReadRecord(request, true);
  if (!record) return record.error();
  if (declared->capacity > kSmallBody) {
    if (auto checked = blobs_.CheckPut(authorized.name, preconditions); !checked)
      return checked.error();
  }

  ExtentWriter writer(file_, declared->capacity);
  auto digests = Receive(request.body, *declared, writer, /*wants_md5=*/true);
  if (!digests) return digests.error();
  record->properties.md5 = std::move(digests->md5);
  record->last_modified = clock_.Now();
  const auto put = blobs_.Put(authorized.name, *std::move(record), writer, preconditions);
  if (!put) return put.error();
  auto response = PutBlobAnswer(*put, authorized.version);
  if (TellsCrc64(authorized.version)) {
    response.headers.push_back({wire::kContentCrc64, Base64Encode(digests->crc64)});
  }
  return response;
}

// Source: "Put Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/put-blob
Result<http::Response> BlobHandlers::Create(const http::Request& request,
                                            const AuthorizedRequest& authorized,
                                            const WritePreconditions& preconditions,
                                            BlobType type) const {
  if (auto empty = CheckNoBody(request); !empty) return empty.error();
  if (auto tierless = CheckNoTier(request); !tierless) return tierless.error();
  auto record = ReadRecord(request, true);
  if (!record) return record.error();
  record->type = type;
  if (type == BlobType::kPage) {
    const auto size = ReadPageBlobSize(request);
    if (!size) return size.error();
    const auto number = ReadSequenceNumber(request);
    if (!number) return number.error();
    record->size = *size;
    record->sequence_number = *number;
  }
  record->last_modified = clock_.Now();
  const auto created = blobs_.Create(authorized.name, *std::move(record), preconditions);
  if (!created) return created.error();
  return CreateBlobAnswer(*created, authorized.version);
}

Result<http::Response> BlobHandlers::Copy(const http::Request& request,
                                          const AuthorizedRequest& authorized,
                                          const WritePreconditions& preconditions) const {
  const bool is_put = request.header(wire::kBlobType).has_value();
  if (is_put) {
    if (auto typed = CheckBlockBlob(request); !typed) return typed.error();
  }
  if (!preconditions.may_overwrite) {  // Then no source may replace a blob, not even a missing one.
    if (auto checked = blobs_.CheckPut(authorized.name, preconditions); !checked)
      return checked.error();
  }
  if (HasRemoteSource(request, authorizer_.copy_sources())) {
    return CopyRemote(request, authorized, preconditions);
  }
  auto source = ReadCopySource(request, authorized, authorizer_);
  if (!source) return source.error();
  const auto md5 = ReadMd5(request, wire::kSourceMd5);
  if (!md5) return md5.error();
  if (!md5->empty() && !IsCopiedAtOnce(request)) {
    return BadHeader(StorageError::kUnsupportedHeader, wire::kSourceMd5,
                     *request.header(wire::kSourceMd5));
  }
  if (auto checked = CheckSourceMd5(request, *md5, *source); !checked) return checked.error();
  const Time now = clock_.Now();
  if (!is_put) source->record = CopyRecord{NewGuid(random_), source->source, now};
  if (!IsCopiedAtOnce(request)) source->pending_until = copy_program_.Until(now);
  const auto record = blobs_.Copy(authorized.name, *source, preconditions, now);
  if (!record) return record.error();
  return is_put ? PutBlobAnswer(*record, authorized.version) : CopyAnswer(*record, *md5);
}

Result<http::Response> BlobHandlers::CopyRemote(const http::Request& request,
                                                const AuthorizedRequest& authorized,
                                                const WritePreconditions& preconditions) const {
  const auto md5 = ReadMd5(request, wire::kSourceMd5);
  if (!md5) return md5.error();
  auto record = ReadRecord(request, false);
  if (!record) return record.error();
  const auto limit = PutBlobLimit(authorized.version, strict_);
  auto source = OpenRemote(request, authorizer_.copy_sources(), std::nullopt, limit);
  if (!source) return source.error();
  TakeProperties(source->headers, *record);
  ExtentWriter writer(file_, source->size);
  auto digests = Receive(source->body.get(), {.capacity = source->size, .md5 = *md5}, writer,
                         /*wants_md5=*/true);
  if (!digests) return digests.error();
  record->properties.md5 = std::move(digests->md5);
  record->last_modified = clock_.Now();
  const bool is_put = request.header(wire::kBlobType).has_value();
  if (!is_put)
    record->copy = CopyRecord{NewGuid(random_), UrlOfSource(request), record->last_modified};
  const auto put = blobs_.Put(authorized.name, *std::move(record), writer, preconditions);
  if (!put) return put.error();
  return is_put ? PutBlobAnswer(*put, authorized.version) : CopyAnswer(*put, *md5);
}

Status BlobHandlers::CheckSourceMd5(const http::Request& request, const Bytes& md5,
                                    CopySource& source) const {
  if (md5.empty()) return Done{};
  const auto blob = blobs_.Open(source.name, {.now = source.now, .key_sha256 = source.key_sha256});
  if (!blob) return CopySourceMissing(blob.error());
  const auto digests = DigestsOf(*blob, {.md5 = true}, request);
  if (!digests) return digests.error();
  auto checked = CheckDeclaredChecksums({.md5 = md5}, *digests);
  if (!checked) return checked.error();
  if (source.conditions.if_match.empty()) source.conditions.if_match = {blob->record.etag};
  return Done{};
}

Result<http::Response> BlobHandlers::Get(const http::Request& request) const {
  const auto authorized = Authorize(request, kReadBlob);
  if (!authorized) return authorized.error();
  auto conditions = ReadConditionsOfRead(request);
  if (!conditions) return conditions.error();
  const auto range = ReadRange(request);
  if (!range) return range.error();
  const auto wanted = ReadRangeDigests(request, *range);
  if (!wanted) return wanted.error();
  auto encryption = ReadEncryption(request);
  if (!encryption) return encryption.error();
  auto blob = blobs_.Open(authorized->name, {.conditions = *std::move(conditions),
                                             .range = *range,
                                             .now = authorized->now,
                                             .key_sha256 = std::move(encryption->key_sha256)});
  if (!blob) return blob.error();
  const auto digests = DigestsOfRange(*blob, *wanted, request);
  if (!digests) return digests.error();
  auto response = range->has_value()
                      ? RangeAnswer(*blob, authorized->now, authorized->overrides, *digests)
                      : BlobAnswer(blob->record, authorized->now, authorized->overrides);
  AddBytes(response, *std::move(blob));
  return response;
}

Result<BlobRecord> BlobHandlers::FindRecord(const http::Request& request,
                                            const AuthorizedRequest& authorized) const {
  auto conditions = ReadConditionsOfRead(request);
  if (!conditions) return conditions.error();
  auto encryption = ReadEncryption(request);
  if (!encryption) return encryption.error();
  return blobs_.Find(authorized.name, {.conditions = *std::move(conditions),
                                       .now = authorized.now,
                                       .key_sha256 = std::move(encryption->key_sha256)});
}

Result<http::Response> BlobHandlers::GetProperties(const http::Request& request) const {
  const auto authorized = Authorize(request, kReadBlob);
  if (!authorized) return authorized.error();
  const auto record = FindRecord(request, *authorized);
  if (!record) return record.error();
  return PropertiesAnswer(*record, authorized->now, authorized->overrides);
}

Result<http::Response> BlobHandlers::GetMetadata(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kReadBlob);
  if (!authorized) return authorized.error();
  const auto record = FindRecord(request, *authorized);
  if (!record) return record.error();
  return MetadataAnswer(*record);
}

Result<http::Response> BlobHandlers::SetProperties(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto asked = ReadRecord(request, false);
  if (!asked) return asked.error();
  if (ChangesPageBlob(request)) {
    auto change = ReadPageBlobChange(request);
    if (!change) return change.error();
    if (asked->properties != BlobProperties{}) change->properties = asked->properties;
    const auto record = pages_.Change(authorized->name, *change, *preconditions, clock_.Now());
    if (!record) return record.error();
    return SetPropertiesAnswer(*record);
  }
  const auto record =
      blobs_.Change(authorized->name, *preconditions, BlobUse::kChangeProperties, clock_.Now(),
                    [&](BlobRecord& changed) { changed.properties = asked->properties; });
  if (!record) return record.error();
  return SetPropertiesAnswer(*record);
}

Result<http::Response> BlobHandlers::SetMetadata(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  const auto record =
      blobs_.Change(authorized->name, *preconditions, BlobUse::kChangeMetadata, clock_.Now(),
                    [&](BlobRecord& changed) { changed.metadata = *metadata; });
  if (!record) return record.error();
  return SetMetadataAnswer(*record, authorized->version);
}

// Source: "Set Blob Tier", https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-tier
Result<http::Response> BlobHandlers::SetTier(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto change = ReadTierChange(request);
  if (!change) return change.error();
  if (!*change) return HeaderMissing(wire::kAccessTier);
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const WritePreconditions preconditions{
      .policy_id = authorized->policy_id,
      .conditions = {.if_tags = conditions->if_tags, .lease_id = conditions->lease_id},
      .now = authorized->now};
  const auto tier = blobs_.SetTier(authorized->name, **change, preconditions);
  if (!tier) return tier.error();
  return http::Response{.status = tier->rehydration ? 202 : 200};
}

Result<http::Response> BlobHandlers::AbortCopy(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kWriteBlob);
  if (!authorized) return authorized.error();
  const auto action = request.header(wire::kCopyAction);
  if (!action) return HeaderMissing(wire::kCopyAction);
  if (!EqualsIgnoringCase(*action, wire::kAbort)) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kCopyAction, *action);
  }
  const auto id = request.parameter(wire::kCopyIdParameter);
  if (!id) return ParameterMissing(wire::kCopyIdParameter);
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  if (auto aborted = blobs_.AbortCopy(authorized->name, *id, *preconditions); !aborted) {
    return aborted.error();
  }
  return http::Response{.status = 204};
}

Result<http::Response> BlobHandlers::List(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kListBlobs);
  if (!authorized) return authorized.error();
  const auto order = ReadBlobListOrder(request);
  if (!order) return order.error();
  auto page = blobs_.List(authorized->name, order->list, authorized->now);
  const bool is_empty = !page && authorized->name.container == kLogsContainer;
  if (!page && !is_empty) return page.error();
  if (is_empty) page = Page<BlobListItem>();
  return BlobListAnswer(request, authorized->name, *order, *page, authorized->now);
}

}  // namespace msc::storage
