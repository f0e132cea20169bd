#include "storage_stub/handlers/service_handlers.h"

#include "emulator/base/time_format.h"
#include "storage_stub/handlers/delegation_key.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/model/service_properties.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxServiceProperties = 64 * 1024;  // Bytes.
constexpr std::uint64_t kMaxKeyInfo = 4 * 1024;             // The same.

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
  if (LogsRequests(*sections)) {  // It may be there already.
    (void)containers_.Create(authorized->name.account, {.name = std::string(kLogsContainer)},
                             clock_.Now());
  }
  return http::Response{.status = 202};
}

// Source: "Get Blob Service Stats",
// https://learn.microsoft.com/en-us/rest/api/storageservices/get-blob-service-stats
Result<http::Response> ServiceHandlers::GetStats(const http::Request& request) const {
  if (!IsSecondary(request)) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kComp, wire::kStats);
  }
  const auto authorized = authorizer_.Authorize(request, kReadService);
  if (!authorized) return authorized.error();
  XmlWriter xml;
  xml.Open("StorageServiceStats").Open("GeoReplication");
  xml.Element("Status", "live").Element("LastSyncTime", FormatHttpDate(clock_.Now()));
  return XmlAnswer(xml.Close().Close().Take());
}

Result<http::Response> ServiceHandlers::GetUserDelegationKey(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kDelegateAccess);
  if (!authorized) return authorized.error();
  const TokenClaims& claims = *authorized->token;
  if (claims.object_id.empty() || claims.tenant_id.empty()) {
    return AuthenticationFailed("The token names no user: it has no oid or no tid.");
  }
  const auto document = ReceiveDocument(request, kMaxKeyInfo);
  if (!document) return document.error();
  const auto period = ParseKeyPeriod(*document, clock_.Now());
  if (!period) return period.error();
  const UserDelegationKey key{.object_id = claims.object_id,
                              .tenant_id = claims.tenant_id,
                              .starts = period->starts,
                              .expires = period->expires,
                              .service = std::string(1, wire::kServiceBlob),
                              .version = authorized->version};
  return UserDelegationKeyAnswer(key, authorizer_.SecretOf(key, authorized->name.account));
}

// Source: "Get Account Information",
// https://learn.microsoft.com/en-us/rest/api/storageservices/get-account-information
Result<http::Response> ServiceHandlers::GetAccountInformation(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kAccountInformation);
  if (!authorized) return authorized.error();
  http::Response response{
      .headers = {{wire::kSkuName, wire::kStandardRagrs}, {wire::kAccountKind, wire::kStorageV2}}};
  if (authorized->version >= kHierarchicalNamespace) {
    response.headers.push_back({wire::kIsHnsEnabled, wire::kFalse});
  }
  return response;
}

}  // namespace msc::storage
