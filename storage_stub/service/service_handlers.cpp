#include "storage_stub/service/service_handlers.h"

#include "storage_stub/blobs/upload.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/service/service_xml.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxDocument = 64 * 1024;  // Bytes.

}  // namespace

Result<http::Response> ServiceHandlers::GetProperties(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kReadService);
  if (!access) return access.error();
  return ServicePropertiesAnswer(service_.Sections(access->name.account));
}

Result<http::Response> ServiceHandlers::SetProperties(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kChangeService);
  if (!access) return access.error();
  const auto document = ReceiveDocument(request, kMaxDocument);
  if (!document) return document.error();
  const auto sections = ParseServiceProperties(*document);
  if (!sections) return sections.error();
  service_.Set(access->name.account, *sections);
  return http::Response{.status = 202};
}

Result<http::Response> ServiceHandlers::GetAccountInformation(const http::Request& request) const {
  const auto access = authorizer_.Admit(request, kReadService);
  if (!access) return access.error();
  return http::Response{
      .headers = {{wire::kSkuName, wire::kStandardLrs}, {wire::kAccountKind, wire::kStorageV2}}};
}

}  // namespace msc::storage
