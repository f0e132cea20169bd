#include "storage_stub/protocol/list_xml.h"

#include <algorithm>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

Result<std::set<std::string>> ReadInclude(const http::Request& request,
                                          std::initializer_list<std::string_view> known) {
  std::set<std::string> include;
  const std::string values = request.parameter(wire::kInclude).value_or("");
  if (values.empty()) return include;
  for (const auto part : Split(values, ',')) {
    std::string value = ToLower(Trim(part));
    if (std::find(known.begin(), known.end(), value) == known.end()) {
      return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kInclude, values);
    }
    include.insert(std::move(value));
  }
  return include;
}

void WritePageRequest(XmlWriter& xml, const PageRequest& request, std::string_view delimiter) {
  xml.ElementIfAny("Prefix", request.prefix).ElementIfAny("Marker", request.marker);
  if (request.has_max_results) xml.Element("MaxResults", std::to_string(request.max_results));
  xml.ElementIfAny("Delimiter", delimiter);
}

void WriteMetadata(XmlWriter& xml, const Metadata& metadata) {
  if (metadata.empty()) {
    xml.Element("Metadata", "");
    return;
  }
  xml.Open("Metadata");
  for (const auto& [name, value] : metadata) xml.Element(name, value);
  xml.Close();
}

std::string_view BareEtag(std::string_view etag) { return etag.substr(1, etag.size() - 2); }

http::Response XmlAnswer(std::string document) {
  return {.headers = {{wire::kContentType, wire::kXml}}, .body = std::move(document)};
}

}  // namespace msc::storage
