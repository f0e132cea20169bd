#include "storage_stub/handlers/container_answers.h"

#include <utility>

#include "emulator/base/time_format.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/lease_answers.h"
#include "storage_stub/handlers/public_access.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kFalse = "false";

void WriteContainer(XmlWriter& xml, const ContainerRecord& record, bool metadata, Time now) {
  xml.Open("Container").Element("Name", record.name).Open("Properties");
  xml.Element("Last-Modified", FormatHttpDate(record.last_modified));
  xml.Element("Etag", record.etag);
  WriteLease(xml, record.lease, now);
  xml.ElementIfAny("PublicAccess", NameOf(record.public_access));
  WriteContainerEncryption(xml, record);
  xml.Element("HasImmutabilityPolicy", kFalse).Element("HasLegalHold", kFalse).Close();
  if (metadata) WriteMetadata(xml, record.metadata);
  xml.Close();
}

}  // namespace

void AddState(http::Headers& headers, const ContainerRecord& record) {
  headers.push_back({wire::kLastModified, FormatHttpDate(record.last_modified)});
  headers.push_back({wire::kEtag, record.etag});
}

http::Response ContainerAnswer(const ContainerRecord& record, Time now) {
  http::Response response = ContainerChangeAnswer(200, record);
  AddMetadata(response.headers, record.metadata);
  AddLease(response.headers, record.lease, now);
  AddPublicAccess(response.headers, record.public_access);
  response.headers.push_back({wire::kHasImmutabilityPolicy, std::string(kFalse)});
  response.headers.push_back({wire::kHasLegalHold, std::string(kFalse)});
  AddContainerEncryption(response.headers, record);
  return response;
}

http::Response ContainerChangeAnswer(int status, const ContainerRecord& record) {
  http::Response response{.status = status};
  AddState(response.headers, record);
  return response;
}

Result<ContainerListOrder> ReadContainerListOrder(const http::Request& request) {
  auto page = ReadPageRequest(request);
  if (!page) return page.error();
  // There are no deleted containers.
  const auto include = ReadInclude(request, {"metadata", "deleted", "system"});
  if (!include) return include.error();
  return ContainerListOrder{.page = *std::move(page),
                            .metadata = include->contains("metadata"),
                            .system = include->contains("system")};
}

http::Response ContainerListAnswer(const http::Request& request, const std::string& account,
                                   const ContainerListOrder& order,
                                   const Page<ContainerRecord>& page, Time now) {
  XmlWriter xml;
  xml.Open("EnumerationResults", {{"ServiceEndpoint", ServiceEndpoint(request, account)}});
  WritePageRequest(xml, order.page, {});
  xml.Open("Containers");
  for (const auto& record : page.items) WriteContainer(xml, record, order.metadata, now);
  xml.Close().Element("NextMarker", MarkerOf(page.next));
  return XmlAnswer(xml.Close().Take());
}

}  // namespace msc::storage
