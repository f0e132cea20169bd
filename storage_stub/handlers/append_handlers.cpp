#include "storage_stub/handlers/append_handlers.h"

#include <string>
#include <utility>

#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/incoming.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/number_header.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

Result<AppendConditions> ReadAppendConditions(const http::Request& request) {
  const auto position = ReadNumber(request, wire::kAppendPosition);
  if (!position) return position.error();
  const auto max_size = ReadNumber(request, wire::kMaxSize);
  if (!max_size) return max_size.error();
  return AppendConditions{.position = *position, .max_size = *max_size};
}

// Source: "Append Block",
// https://learn.microsoft.com/en-us/rest/api/storageservices/append-block
http::Response AppendBlockAnswer(const Appended& appended, const Digests& digests, bool tells_md5,
                                 std::string_view version) {
  http::Response response{.status = 201, .headers = WriteHeaders(appended.record)};
  AddChecksum(response.headers, digests, tells_md5);
  response.headers.push_back({wire::kAppendOffset, std::to_string(appended.offset)});
  response.headers.push_back(
      {wire::kCommittedBlockCount, std::to_string(appended.record.appended_blocks)});
  AddWrittenEncryption(response.headers, appended.record.encryption, version);
  return response;
}

}  // namespace

Result<http::Response> AppendHandlers::AppendBlock(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kAppendBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto conditions = ReadAppendConditions(request);
  if (!conditions) return conditions.error();
  const auto incoming = ReadIncoming(
      request, *authorized, AppendBlockLimit(authorized->version, strict_), authorizer_, source_);
  if (!incoming) return incoming.error();
  const auto& declared = incoming->declared;
  if (declared.capacity > kSmallBody) {
    const auto checked =
        appends_.CheckAppend(authorized->name, declared.capacity, *preconditions, *conditions);
    if (!checked) return checked.error();
  }

  ExtentWriter writer(file_, declared.capacity);
  const bool tells_md5 = TellsMd5(declared, authorized->version);
  const auto digests = ReceiveBlock(*incoming, writer, tells_md5);
  if (!digests) return digests.error();
  const auto appended =
      appends_.Append(authorized->name, writer, *preconditions, *conditions, clock_.Now());
  if (!appended) return appended.error();
  return AppendBlockAnswer(*appended, *digests, tells_md5, authorized->version);
}

// Source: "Append Blob Seal",
// https://learn.microsoft.com/en-us/rest/api/storageservices/append-blob-seal
Result<http::Response> AppendHandlers::Seal(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto conditions = ReadAppendConditions(request);
  if (!conditions) return conditions.error();
  const auto record = appends_.Seal(authorized->name, *preconditions, *conditions);
  if (!record) return record.error();
  http::Response response{.headers = WriteHeaders(*record)};
  response.headers.push_back({wire::kSealed, wire::kTrue});
  return response;
}

}  // namespace msc::storage
