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

// What the service's lists have in common.
namespace msc::storage {

// The parameter `include`, each value in lower case. kInvalidQueryParameterValue for one that is
// not `known`.
Result<std::set<std::string>> ReadInclude(const http::Request& request,
                                          std::initializer_list<std::string_view> known);

// What a list repeats of its request.
void WritePageRequest(XmlWriter& xml, const PageRequest& request, std::string_view delimiter);

void WriteMetadata(XmlWriter& xml, const Metadata& metadata);

// Without its quotes, as lists of blobs have it.
std::string_view BareEtag(std::string_view etag);

http::Response XmlAnswer(std::string document);

}  // namespace msc::storage
