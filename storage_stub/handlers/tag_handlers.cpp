#include "storage_stub/handlers/tag_handlers.h"

#include <string>
#include <utility>

#include "storage_stub/handlers/upload.h"
#include "storage_stub/handlers/write_preconditions.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/tags.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxTagDocument = 64 * 1024;  // Bytes.

// Older versions tell only the value of the tag that was compared first.
void WriteFoundTags(XmlWriter& xml, const FoundBlob& blob, std::string_view version) {
  if (version.empty() || version >= kTagsOfFoundBlobs) {
    WriteTags(xml, blob.tags);
  } else {
    xml.Element("TagValue", blob.tags.front().second);
  }
}

// Source: "Find Blobs by Tags",
// https://learn.microsoft.com/en-us/rest/api/storageservices/find-blobs-by-tags
http::Response FoundBlobsAnswer(const http::Request& request, const std::string& account,
                                const std::string& where, const Page<FoundBlob>& page,
                                std::string_view version) {
  XmlWriter xml;
  xml.Open("EnumerationResults", {{"ServiceEndpoint", ServiceEndpoint(request, account)}});
  xml.Element("Where", where).Open("Blobs");
  for (const auto& blob : page.items) {
    xml.Open("Blob").Element("Name", blob.name).Element("ContainerName", blob.container);
    WriteFoundTags(xml, blob, version);
    xml.Close();
  }
  xml.Close().Element("NextMarker", MarkerOf(page.next));
  return XmlAnswer(xml.Close().Take());
}

}  // namespace

Result<http::Response> TagHandlers::Get(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kBlobTags);
  if (!authorized) return authorized.error();
  const auto conditions = ReadConditionsOfRead(request);
  if (!conditions) return conditions.error();
  const auto record =
      blobs_.Find(authorized->name,
                  {.conditions = *conditions, .now = authorized->now, .use = BlobUse::kLookUp});
  if (!record) return record.error();
  XmlWriter xml;
  WriteTags(xml, record->tags);
  return XmlAnswer(xml.Take());
}

Result<http::Response> TagHandlers::Set(const http::Request& request) const {
  const auto authorized = authorizer_.Authorize(request, kBlobTags);
  if (!authorized) return authorized.error();
  const auto preconditions = ReadWritePreconditions(request, *authorized);
  if (!preconditions) return preconditions.error();
  const auto document = ReceiveDocument(request, kMaxTagDocument);
  if (!document) return document.error();
  const auto tags = ParseTags(*document);
  if (!tags) return tags.error();
  if (auto set = tags_.Set(authorized->name, *tags, *preconditions); !set) return set.error();
  return http::Response{.status = 204};
}

Result<http::Response> TagHandlers::FindInAccount(const http::Request& request) const {
  return Find(request, kFindBlobs);
}

Result<http::Response> TagHandlers::FindInContainer(const http::Request& request) const {
  return Find(request, kFindBlobsIn);
}

Result<http::Response> TagHandlers::Find(const http::Request& request,
                                         const RequiredPermission& required) const {
  const auto authorized = authorizer_.Authorize(request, required);
  if (!authorized) return authorized.error();
  const auto text = request.parameter(wire::kWhere);
  if (!text) return ParameterMissing(wire::kWhere);
  const auto where = ParseWhere(*text);
  if (!where) return where.error();
  const auto wanted = ReadPageRequest(request);
  if (!wanted) return wanted.error();
  const auto page = tags_.Find(authorized->name, *where, *wanted);
  if (!page) return page.error();
  return FoundBlobsAnswer(request, authorized->name.account, *text, *page, authorized->version);
}

}  // namespace msc::storage
