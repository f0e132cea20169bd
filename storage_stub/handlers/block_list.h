#pragma once

#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/records/block_store.h"

namespace msc::storage {

// The block id in the parameter blockid: base64 of 1 to 64 bytes. kMissingRequiredQueryParameter,
// kInvalidQueryParameterValue, kOutOfRangeInput.
Result<std::string> ReadBlockId(const http::Request& request);

// Parses the body of Put Block List. kInvalidXmlDocument, kInvalidXmlNodeValue for an invalid block
// id, kBlockListTooLong.
Result<std::vector<BlockListEntry>> ParseBlockList(std::string_view body);

// The lists that the parameter blocklisttype asks for.
struct BlockListKinds {
  bool committed = true;
  bool uncommitted = false;
};

// kInvalidQueryParameterValue.
Result<BlockListKinds> ReadBlockListKinds(const http::Request& request);

http::Response BlockListAnswer(const BlockLists& lists, const BlockListKinds& kinds);

}  // namespace msc::storage
