#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/protocol/metadata.h"
#include "storage_stub/protocol/paging.h"
#include "storage_stub/protocol/xml.h"

// Functions for all lists of the service.
namespace msc::storage {

// The values of the parameter `include`, in lower case. kInvalidQueryParameterValue for one that is
// not `known`.
Result<std::set<std::string>> ReadInclude(const http::Request& request,
                                          std::initializer_list<std::string_view> known);

// Writes the parameters of the request that a list contains.
void WritePageRequest(XmlWriter& xml, const PageRequest& request, std::string_view delimiter);

void WriteMetadata(XmlWriter& xml, const Metadata& metadata);

// The ETag without its quotes, as in lists of blobs.
std::string_view BareEtag(std::string_view etag);

http::Response XmlAnswer(std::string document);

}  // namespace msc::storage
