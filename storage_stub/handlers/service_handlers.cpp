#include "storage_stub/handlers/service_handlers.h"

#include "storage_stub/handlers/upload.h"
#include "storage_stub/model/service_properties.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxServiceProperties = 64 * 1024;  // Bytes.

}  // namespace

Result<http::Response> ServiceHandlers::GetProperties(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kReadService);
  if (!authorized) return authorized.error();
  return ServicePropertiesAnswer(service_.Sections(authorized->name.account));
}

Result<http::Response> ServiceHandlers::SetProperties(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kChangeService);
  if (!authorized) return authorized.error();
  const auto document = ReceiveDocument(request, kMaxServiceProperties);
  if (!document) return document.error();
  const auto sections = ParseServiceProperties(*document);
  if (!sections) return sections.error();
  service_.Set(authorized->name.account, *sections);
  return http::Response{.status = 202};
}

Result<http::Response> ServiceHandlers::GetAccountInformation(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kReadService);
  if (!authorized) return authorized.error();
  return http::Response{
      .headers = {{wire::kSkuName, wire::kStandardLrs}, {wire::kAccountKind, wire::kStorageV2}}};
}

}  // namespace msc::storage
