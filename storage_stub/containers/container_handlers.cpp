#include "storage_stub/containers/container_handlers.h"

#include "storage_stub/blobs/upload.h"
#include "storage_stub/containers/acl.h"
#include "storage_stub/containers/container_answers.h"
#include "storage_stub/protocol/refusals.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxDocument = 64 * 1024;  // Bytes of a list of policies.

// Nobody may read without credentials.
Status CheckPrivate(const http::Request& request) {
  if (!request.header(wire::kPublicAccess)) return Done{};
  return Error{StorageError::kPublicAccessNotPermitted, "every container is private"};
}

}  // namespace

Result<http::Response> ContainerHandlers::List(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kListContainers);
  if (!access) return access.error();
  const auto order = ReadContainerListOrder(request);
  if (!order) return order.error();
  const auto page = containers_.List(access->name.account, order->page);
  return ContainerListAnswer(request, access->name.account, *order, page);
}

Result<http::Response> ContainerHandlers::Create(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kCreateContainer);
  if (!access) return access.error();
  if (auto is_private = CheckPrivate(request); !is_private) return is_private.error();
  const auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  const auto& [account, container, blob] = access->name;
  const auto record = containers_.Create(account, container, *metadata, clock_.Now());
  if (!record) return record.error();
  return ContainerChangeAnswer(201, *record);
}

Result<http::Response> ContainerHandlers::GetProperties(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kReadContainer);
  if (!access) return access.error();
  const auto record = containers_.Find(access->name.account, access->name.container);
  if (!record) return record.error();
  return ContainerAnswer(*record);
}

Result<http::Response> ContainerHandlers::SetMetadata(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kChangeContainer);
  if (!access) return access.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  const auto record = containers_.SetMetadata(access->name.account, access->name.container,
                                              *metadata, *conditions, clock_.Now());
  if (!record) return record.error();
  return ContainerChangeAnswer(200, *record);
}

Result<http::Response> ContainerHandlers::GetAcl(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kContainerAcl);
  if (!access) return access.error();
  const auto acl = policies_.All(access->name.account, access->name.container);
  if (!acl) return acl.error();
  return AclAnswer(acl->container, acl->policies);
}

Result<http::Response> ContainerHandlers::SetAcl(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kContainerAcl);
  if (!access) return access.error();
  if (auto is_private = CheckPrivate(request); !is_private) return is_private.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto document = ReceiveDocument(request, kMaxDocument);
  if (!document) return document.error();
  const auto policies = ParseAcl(*document);
  if (!policies) return policies.error();
  const auto record = policies_.Replace(access->name.account, access->name.container, *policies,
                                        *conditions, clock_.Now());
  if (!record) return record.error();
  return ContainerChangeAnswer(200, *record);
}

Result<http::Response> ContainerHandlers::Delete(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kDeleteContainer);
  if (!access) return access.error();
  const auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  const auto deleted =
      containers_.Delete(access->name.account, access->name.container, *conditions);
  if (!deleted) return deleted.error();
  return http::Response{.status = 202};
}

}  // namespace msc::storage
