#include "storage_stub/handlers/blob_list.h"

#include <chrono>
#include <string>
#include <string_view>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "storage_stub/handlers/blob_answers.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/immutability_headers.h"
#include "storage_stub/handlers/lease_answers.h"
#include "storage_stub/handlers/tier_headers.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/list_xml.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// Escaped if XML does not allow its characters.
void WriteName(XmlWriter& xml, std::string_view name) {
  if (FitsXml(name)) {
    xml.Element("Name", name);
  } else {
    xml.Open("Name", {{"Encoded", wire::kTrue}}).Raw(PercentEncode(name)).Close();
  }
}

void WriteCopy(XmlWriter& xml, const CopyRecord& copy, std::uint64_t blob_size, Time now) {
  const auto status = copy.StatusAt(now);
  xml.Element("CopyId", copy.id).Element("CopySource", copy.source);
  xml.Element("CopyStatus", NameOf(status));
  xml.Element("CopyProgress", ProgressOf(copy, blob_size, now));
  if (status == CopyStatus::kPending) return;
  xml.Element("CopyCompletionTime", FormatHttpDate(copy.completed));
}

void WriteDeletion(XmlWriter& xml, const Deletion& deletion, Time now) {
  const auto left = std::chrono::ceil<std::chrono::days>(deletion.purged - now);
  xml.Element("DeletedTime", FormatHttpDate(deletion.at));
  xml.Element("RemainingRetentionDays", std::to_string(left.count()));
}

void WriteProperties(XmlWriter& xml, const BlobRecord& record, const BlobListOrder& order,
                     Time now) {
  const auto& properties = record.properties;
  xml.Open("Properties");
  xml.Element("Creation-Time", FormatHttpDate(record.created));
  xml.Element("Last-Modified", FormatHttpDate(record.last_modified));
  xml.Element("Etag", BareEtag(record.etag));
  xml.Element("Content-Length", std::to_string(record.size));
  xml.Element("Content-Type", properties.content_type);
  xml.Element("Content-Encoding", properties.content_encoding);
  xml.Element("Content-Language", properties.content_language);
  xml.Element("Content-CRC64", "");
  xml.Element("Content-MD5", Base64Encode(properties.md5));
  xml.Element("Cache-Control", properties.cache_control);
  xml.Element("Content-Disposition", properties.content_disposition);
  if (record.type == BlobType::kPage) {
    xml.Element("x-ms-blob-sequence-number", std::to_string(record.sequence_number));
  }
  xml.Element("BlobType", NameOf(record.type));
  if (record.type == BlobType::kBlock) WriteTier(xml, record.tier);
  if (record.is_sealed) xml.Element("Sealed", wire::kTrue);
  WriteLease(xml, record.lease, now);
  xml.Element("ServerEncrypted", wire::kTrue);
  WriteEncryption(xml, record.encryption);
  if (record.deletion) WriteDeletion(xml, *record.deletion, now);
  if (!record.tags.empty()) xml.Element("TagCount", std::to_string(record.tags.size()));
  if (record.copy && order.copy) WriteCopy(xml, *record.copy, record.size, now);
  if (order.policies) WritePolicy(xml, record.immutability);
  if (order.legal_holds) WriteLegalHold(xml, record.immutability);
  xml.Close();
}

// The properties of a blob that has only uncommitted blocks.
void WriteEmptyProperties(XmlWriter& xml) {
  xml.Open("Properties").Element("Content-Length", wire::kZero);
  xml.Element("BlobType", wire::kBlockBlob).Close();
}

// Which of the rows of a name it is.
void WriteMoment(XmlWriter& xml, const BlobRecord& record) {
  if (record.moment.kind == BlobKind::kSnapshot) {
    xml.Element("Snapshot", FormatMoment(record.moment.number));
  }
  if (record.version != 0) {
    xml.Element("VersionId", FormatMoment(record.version));
    if (record.moment == BlobMoment{}) xml.Element("IsCurrentVersion", wire::kTrue);
  }
  if (record.deletion) xml.Element("Deleted", wire::kTrue);
}

// That of a blob with a key of its own cannot be read without it.
void WriteMetadataOf(XmlWriter& xml, const BlobRecord& record) {
  if (record.encryption.key_sha256.empty()) {
    WriteMetadata(xml, record.metadata);
  } else {
    xml.Raw(R"(<Metadata Encrypted="true" />)");
  }
}

void WriteItem(XmlWriter& xml, const BlobListItem& item, const BlobListOrder& order, Time now) {
  xml.Open(item.is_prefix ? "BlobPrefix" : "Blob");
  WriteName(xml, item.name);
  if (item.record) {
    WriteMoment(xml, *item.record);
    WriteProperties(xml, *item.record, order, now);
    if (order.metadata) WriteMetadataOf(xml, *item.record);
    if (order.tags && !item.record->tags.empty()) WriteTags(xml, item.record->tags);
  } else if (!item.is_prefix) {
    WriteEmptyProperties(xml);
  }
  xml.Close();
}

}  // namespace

Result<BlobListOrder> ReadBlobListOrder(const http::Request& request) {
  if (const auto where = request.parameter(wire::kWhere)) {  // Only Find Blobs by Tags has it.
    return BadParameter(StorageError::kUnsupportedQueryParameter, wire::kWhere, *where);
  }
  auto page = ReadPageRequest(request);
  if (!page) return page.error();
  const auto include = ReadInclude(
      request, {"metadata", "uncommittedblobs", "snapshots", "copy", "deleted", "versions",
                "deletedwithversions", "tags", "immutabilitypolicy", "legalhold", "permissions"});
  if (!include) return include.error();
  const std::string delimiter = request.parameter(wire::kDelimiter).value_or("");
  const HistoryFilter history{.snapshots = include->contains("snapshots"),
                              .versions = include->contains("versions"),
                              .deleted = include->contains("deleted")};
  if (history.snapshots && !delimiter.empty()) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kDelimiter, delimiter);
  }
  return BlobListOrder{.list = {.page = *std::move(page),
                                .delimiter = delimiter,
                                .uncommitted = include->contains("uncommittedblobs"),
                                .start_from = request.parameter(wire::kStartFrom).value_or(""),
                                .end_before = request.parameter(wire::kEndBefore).value_or(""),
                                .history = history},
                       .metadata = include->contains("metadata"),
                       .tags = include->contains("tags"),
                       .copy = include->contains("copy"),
                       .policies = include->contains("immutabilitypolicy"),
                       .legal_holds = include->contains("legalhold")};
}

http::Response BlobListAnswer(const http::Request& request, const ResourceName& container,
                              const BlobListOrder& order, const Page<BlobListItem>& page,
                              Time now) {
  XmlWriter xml;
  xml.Open("EnumerationResults", {{"ServiceEndpoint", ServiceEndpoint(request, container.account)},
                                  {"ContainerName", container.container}});
  WritePageRequest(xml, order.list.page, order.list.delimiter);
  xml.Open("Blobs");
  for (const auto& item : page.items) WriteItem(xml, item, order, now);
  xml.Close().Element("NextMarker", MarkerOf(page.next));
  return XmlAnswer(xml.Close().Take());
}

}  // namespace msc::storage
