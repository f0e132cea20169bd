#include "storage_stub/handlers/container_handlers.h"

#include <utility>

#include "storage_stub/handlers/acl.h"
#include "storage_stub/handlers/container_answers.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/public_access.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/model/lease_check.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/lease_id.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxPolicyList = 64 * 1024;  // Bytes.

// For a read.
Status CheckNamedLease(const http::Request& request, const ContainerRecord& record, Time now) {
  return CheckLease(record.lease, ReadLeaseId(request), now, Leased::kContainer);
}

// Only the service makes and deletes $logs.
Status CheckNotLogs(const ResourceName& name) {
  if (name.container != kLogsContainer) return Done{};
  return Error{StorageError::kInsufficientAccountPermissions, "$logs is the service's own"};
}

}  // namespace

Result<http::Response> ContainerHandlers::List(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kListContainers);
  if (!authorized) return authorized.error();
  const auto order = ReadContainerListOrder(request);
  if (!order) return order.error();
  const auto page = containers_.List(authorized->name.account, order->page, order->system);
  return ContainerListAnswer(request, authorized->name.account, *order, page, authorized->now);
}

Result<http::Response> ContainerHandlers::Create(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kCreateContainer);
  if (!authorized) return authorized.error();
  if (auto other = CheckNotLogs(authorized->name); !other) return other.error();
  const auto access = ReadPublicAccess(request);
  if (!access) return access.error();
  auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  auto encryption = ReadContainerEncryption(request);
  if (!encryption) return encryption.error();
  const auto record = containers_.Create(authorized->name.account,
                                         {.name = authorized->name.container,
                                          .metadata = *std::move(metadata),
                                          .public_access = *access,
                                          .encryption_scope = std::move(encryption->scope),
                                          .denies_scope_override = encryption->denies_override},
                                         clock_.Now());
  if (!record) return record.error();
  return ContainerChangeAnswer(201, *record);
}

Result<http::Response> ContainerHandlers::GetProperties(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kReadContainer);
  if (!authorized) return authorized.error();
  const auto record = containers_.Find(authorized->name.account, authorized->name.container);
  if (!record) return record.error();
  if (auto named = CheckNamedLease(request, *record, authorized->now); !named) return named.error();
  return ContainerAnswer(*record, authorized->now);
}

Result<http::Response> ContainerHandlers::SetMetadata(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeContainer);
  if (!authorized) return authorized.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  const auto record = containers_.SetMetadata(authorized->name.account, authorized->name.container,
                                              *metadata, *conditions, clock_.Now());
  if (!record) return record.error();
  return ContainerChangeAnswer(200, *record);
}

Result<http::Response> ContainerHandlers::GetAcl(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kContainerAcl);
  if (!authorized) return authorized.error();
  const auto acl = policies_.All(authorized->name.account, authorized->name.container);
  if (!acl) return acl.error();
  if (auto named = CheckNamedLease(request, acl->container, authorized->now); !named)
    return named.error();
  return AclAnswer(acl->container, acl->policies);
}

Result<http::Response> ContainerHandlers::SetAcl(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kContainerAcl);
  if (!authorized) return authorized.error();
  const auto access = ReadPublicAccess(request);
  if (!access) return access.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto document = ReceiveDocument(request, kMaxPolicyList);
  if (!document) return document.error();
  const auto policies = ParseAcl(*document);
  if (!policies) return policies.error();
  const auto record = policies_.Replace(authorized->name.account, authorized->name.container,
                                        *policies, *access, *conditions, clock_.Now());
  if (!record) return record.error();
  return ContainerChangeAnswer(200, *record);
}

Result<http::Response> ContainerHandlers::Delete(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kDeleteContainer);
  if (!authorized) return authorized.error();
  if (auto other = CheckNotLogs(authorized->name); !other) return other.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto deleted = containers_.Delete(authorized->name.account, authorized->name.container,
                                          *conditions, authorized->now);
  if (!deleted) return deleted.error();
  return http::Response{.status = 202};
}

}  // namespace msc::storage
