#include "storage_stub/handlers/history_handlers.h"

#include <optional>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

http::Response SnapshotAnswer(const TakenSnapshot& taken, std::string_view version) {
  http::Response response{.status = 201, .headers = WriteHeaders(taken.record)};
  response.headers.push_back({wire::kSnapshotTaken, FormatMoment(taken.record.moment.number)});
  AddVersion(response.headers, taken.version);
  AddWrittenEncryption(response.headers, taken.record.encryption, version);
  return response;
}

Result<SnapshotDeletion> ReadSnapshotDeletion(const http::Request& request,
                                              const ResourceName& name) {
  const auto option = request.header(wire::kDeleteSnapshots);
  if (!option || option->empty()) return SnapshotDeletion::kNone;
  const bool is_base = name.moment == BlobMoment{};
  if (is_base && EqualsIgnoringCase(*option, wire::kIncludeSnapshots)) {
    return SnapshotDeletion::kInclude;
  }
  if (is_base && EqualsIgnoringCase(*option, wire::kOnlySnapshots)) return SnapshotDeletion::kOnly;
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kDeleteSnapshots, *option);
}

}  // namespace

Result<http::Response> HistoryHandlers::Snapshot(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kWriteBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  std::optional<Metadata> own;
  if (!metadata->empty()) own = *std::move(metadata);
  const auto snapshot = blobs_.Snapshot(authorized->name, own, *preconditions, clock_.Now());
  if (!snapshot) return snapshot.error();
  return SnapshotAnswer(*snapshot, authorized->version);
}

Result<http::Response> HistoryHandlers::Delete(const http::Request& request) const {
  if (auto itself = CheckIsBlobItself(request); !itself) return itself.error();
  const bool is_version = !request.parameter(wire::kVersionId).value_or("").empty();
  const auto authorized = authorizer_.Authorize(request, is_version ? kDeleteVersion : kDeleteBlob);
  if (!authorized) return authorized.error();
  const auto snapshots = ReadSnapshotDeletion(request, authorized->name);
  if (!snapshots) return snapshots.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto deleted = blobs_.Delete(authorized->name, *snapshots, *preconditions, clock_.Now());
  if (!deleted) return deleted.error();
  return DeleteBlobAnswer(*deleted);
}

Result<http::Response> HistoryHandlers::Undelete(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeBlob);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto restored = blobs_.Restore(authorized->name, *preconditions, clock_.Now());
  if (!restored) return restored.error();
  return http::Response{};
}

}  // namespace msc::storage
