#pragma once

#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/records/block_store.h"

namespace msc::storage {

inline constexpr std::size_t kMaxBlocks = 50'000;  // Of a blob.

// The id of a block as the parameter blockid has it: base64 of 1 to 64 bytes.
// kMissingRequiredQueryParameter, kInvalidQueryParameterValue, kOutOfRangeInput.
Result<std::string> ReadBlockId(const http::Request& request);

// The body of Put Block List. kInvalidXmlDocument, kInvalidXmlNodeValue for what is no block's
// id, kBlockListTooLong.
Result<std::vector<BlockListEntry>> ParseBlockList(std::string_view body);

// Which lists the parameter blocklisttype asks for.
struct BlockListKinds {
  bool committed = true;
  bool uncommitted = false;
};

// kInvalidQueryParameterValue.
Result<BlockListKinds> ReadBlockListKinds(const http::Request& request);

http::Response BlockListAnswer(const BlockLists& lists, const BlockListKinds& kinds);

}  // namespace msc::storage
