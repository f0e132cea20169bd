#include "storage_stub/handlers/block_handlers.h"

#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/block_list.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/incoming.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/lease_id.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/records/find_blob.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxBlockList = 8 * 1024 * 1024;  // Bytes.

http::Response PutBlockAnswer(const Digests& digests, bool tells_md5, const Encryption& encryption,
                              std::string_view version) {
  http::Response response{.status = 201};
  AddChecksum(response.headers, digests, tells_md5);
  AddWrittenEncryption(response.headers, encryption, version);
  return response;
}

// The service responds with the MD5 of the document.
http::Response PutBlockListAnswer(const BlobRecord& record, std::string_view document,
                                  std::string_view version) {
  Md5 md5;
  md5.Update(document);
  BlobRecord answered = record;
  answered.properties.md5 = md5.Finish();
  return PutBlobAnswer(answered, version);
}

}  // namespace

Result<http::Response> BlockHandlers::PutBlock(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto id = ReadBlockId(request);
  if (!id) return id.error();
  const auto incoming = ReadIncoming(
      request, *authorized, PutBlockLimit(authorized->version, strict_), authorizer_, source_);
  if (!incoming) return incoming.error();
  const auto& declared = incoming->declared;
  const auto encryption = ReadEncryption(request);
  if (!encryption) return encryption.error();
  const WritePreconditions preconditions{.policy_id = authorized->policy_id,
                                         .conditions = {.lease_id = ReadLeaseId(request)},
                                         .now = authorized->now,
                                         .encryption = *encryption};
  if (declared.capacity > kSmallBody) {
    const auto checked = blocks_.CheckStage(authorized->name, *id, preconditions, clock_.Now());
    if (!checked) return checked.error();
  }

  ExtentWriter writer(file_, declared.capacity);
  const bool tells_md5 = TellsMd5(declared, authorized->version);
  const auto digests = ReceiveBlock(*incoming, writer, tells_md5);
  if (!digests) return digests.error();
  const auto staged = blocks_.Stage(authorized->name, *id, writer, preconditions, clock_.Now());
  if (!staged) return staged.error();
  return PutBlockAnswer(*digests, tells_md5, *encryption, authorized->version);
}

Result<http::Response> BlockHandlers::PutBlockList(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  auto record = ReadRecord(request, false);
  if (!record) return record.error();
  if (record->properties.content_type.empty()) {
    record->properties.content_type = wire::kOctetStream;
  }
  const auto document = ReceiveDocument(request, kMaxBlockList);
  if (!document) return document.error();
  const auto list = ParseBlockList(*document);
  if (!list) return list.error();

  record->last_modified = clock_.Now();
  const auto committed =
      blocks_.Commit(authorized->name, *list, *std::move(record), *preconditions);
  if (!committed) return committed.error();
  return PutBlockListAnswer(*committed, *document, authorized->version);
}

Result<http::Response> BlockHandlers::GetBlockList(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kReadBlob);
  if (!authorized) return authorized.error();
  const auto kinds = ReadBlockListKinds(request);
  if (!kinds) return kinds.error();
  const auto lists = blocks_.List(authorized->name, clock_.Now());
  if (!lists) return lists.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  if (lists->record) {
    const Conditions meant{.if_tags = conditions->if_tags, .lease_id = conditions->lease_id};
    if (auto readable = CheckReadable(*lists->record, meant, authorized->now); !readable)
      return readable.error();
  }
  return BlockListAnswer(*lists, *kinds);
}

}  // namespace msc::storage
