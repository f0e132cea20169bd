#include "storage_stub/handlers/block_list.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

// Two tags per block, and some more.
constexpr std::size_t kMaxMarkup = 2 * kMaxBlocks + 100;

constexpr const char* kBlockList = "BlockList";
constexpr std::string_view kTypeCommitted = "committed";
constexpr std::string_view kTypeUncommitted = "uncommitted";
constexpr std::string_view kTypeAll = "all";

std::optional<BlockListEntry::From> FromOf(std::string_view node) {
  using enum BlockListEntry::From;
  if (node == "Committed") return kCommitted;
  if (node == "Uncommitted") return kUncommitted;
  if (node == "Latest") return kLatest;
  return std::nullopt;
}

void WriteBlocks(XmlWriter& xml, std::string_view name, const std::vector<Block>& blocks) {
  xml.Open(name);
  for (const auto& block : blocks) {
    xml.Open("Block").Element("Name", block.id);
    xml.Element("Size", std::to_string(block.extent.length)).Close();
  }
  xml.Close();
}

}  // namespace

Result<std::string> ReadBlockId(const http::Request& request) {
  auto id = request.parameter(wire::kBlockId);
  if (!id) {
    return ParameterMissing(wire::kBlockId);
  }
  const auto bytes = Base64Decode(*id);
  if (!bytes || bytes->empty()) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kBlockId, *id);
  }
  if (bytes->size() > kMaxBlockId) {
    return BadParameter(StorageError::kOutOfRangeInput, wire::kBlockId, *id);
  }
  return *std::move(id);
}

Result<std::vector<BlockListEntry>> ParseBlockList(std::string_view body) {
  // Checked before the document is parsed, which takes much more memory than the text.
  if (std::cmp_greater(std::count(body.begin(), body.end(), '<'), kMaxMarkup)) {
    return Error{StorageError::kBlockListTooLong, "50,000 blocks at most"};
  }
  const auto document = ParseXml(body, kBlockList);
  if (!document) return document.error();
  std::vector<BlockListEntry> list;
  for (const auto& node : document->child(kBlockList).children()) {
    const auto from = FromOf(node.name());
    if (!from) return Error{StorageError::kInvalidXmlDocument, "a block list has no such node"};
    std::string id = TextOf(node);
    if (id.empty()) return BadNode(node.name(), id);
    list.push_back({*from, std::move(id)});
    if (list.size() > kMaxBlocks) {
      return Error{StorageError::kBlockListTooLong, "50,000 blocks at most"};
    }
  }
  return list;
}

Result<BlockListKinds> ReadBlockListKinds(const http::Request& request) {
  const std::string type = request.parameter(wire::kBlockListType).value_or("");
  if (type.empty() || EqualsIgnoringCase(type, kTypeCommitted)) return BlockListKinds{};
  if (EqualsIgnoringCase(type, kTypeUncommitted)) {
    return BlockListKinds{.committed = false, .uncommitted = true};
  }
  if (EqualsIgnoringCase(type, kTypeAll)) {
    return BlockListKinds{.committed = true, .uncommitted = true};
  }
  return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kBlockListType, type);
}

http::Response BlockListAnswer(const BlockLists& lists, const BlockListKinds& kinds) {
  XmlWriter xml;
  xml.Open(kBlockList);
  if (kinds.committed) WriteBlocks(xml, "CommittedBlocks", lists.committed);
  if (kinds.uncommitted) WriteBlocks(xml, "UncommittedBlocks", lists.uncommitted);
  http::Response response{.headers = {{wire::kContentType, wire::kXml}},
                          .body = xml.Close().Take()};
  if (const auto& record = lists.record) {
    response.headers.push_back({wire::kLastModified, FormatHttpDate(record->last_modified)});
    response.headers.push_back({wire::kEtag, record->etag});
  }
  const std::uint64_t size = lists.record ? lists.record->size : 0;
  response.headers.push_back({wire::kBlobContentLength, std::to_string(size)});
  return response;
}

}  // namespace msc::storage
