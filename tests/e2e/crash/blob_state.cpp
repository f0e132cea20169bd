#include "tests/e2e/crash/blob_state.h"

#include <algorithm>
#include <random>

namespace msc::testing {
namespace {

std::string MakePool() {
  std::mt19937_64 random(1);
  std::string pool;
  while (pool.size() < kPoolOffsets + kLongestPiece) {
    const auto bits = random();
    pool.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
  return pool;
}

}  // namespace

std::string_view Piece::bytes() const {
  static const std::string pool = MakePool();
  return std::string_view(pool).substr(offset, size);
}

std::string BlobState::Content() const {
  std::string all;
  for (const auto& piece : content.value_or(std::vector<Piece>())) all += piece.bytes();
  return all;
}

bool BlobState::IsSeenAs(const BlobAnswer& content_answer,
                         const std::vector<ListedBlock>& blocks) const {
  std::vector<ListedBlock> expected;
  for (const auto& [id, piece] : waiting) expected.push_back({id, std::to_string(piece.size)});
  if (blocks != expected) return false;
  if (!content) return content_answer.status == 404;
  return content_answer.status == 200 && content_answer.body == Content();
}

std::vector<std::string> BlobState::BlockIds() const {
  std::set<std::string> ids;
  for (const auto& [id, piece] : waiting) ids.insert(id);
  for (const auto& piece : content.value_or(std::vector<Piece>())) {
    if (!piece.block_id.empty()) ids.insert(piece.block_id);
  }
  return {ids.begin(), ids.end()};
}

BlobState BlobState::Committed(const std::vector<std::string>& ids) const {
  std::map<std::string, Piece> latest = waiting;
  for (const auto& piece : content.value_or(std::vector<Piece>())) {
    latest.emplace(piece.block_id, piece);  // Unless a later one of that id waits.
  }
  std::vector<Piece> pieces;
  for (const auto& id : ids) pieces.push_back(latest.at(id));
  return {.content = std::move(pieces), .waiting = {}};
}

std::string Describe(const BlobState& state) {
  const std::string content = state.content ? std::to_string(state.content->size()) + " pieces, " +
                                                  std::to_string(state.Content().size()) + " bytes"
                                            : "no blob";
  std::string waiting;
  for (const auto& [id, piece] : state.waiting) {
    waiting += "; " + id + " of " + std::to_string(piece.size) + " bytes waits";
  }
  return content + waiting;
}

void AddPieces(const BlobState& state, StoredPieces& pieces) {
  for (const auto& [id, piece] : state.waiting) pieces.emplace(piece.offset, piece.size);
  for (const auto& piece : state.content.value_or(std::vector<Piece>())) {
    pieces.emplace(piece.offset, piece.size);
  }
}

std::size_t PagesOf(const StoredPieces& pieces) {
  constexpr std::size_t kPage = 4096;
  std::size_t bytes = 0;
  for (const auto& [offset, size] : pieces) bytes += (size + kPage - 1) / kPage * kPage;
  return bytes;
}

}  // namespace msc::testing
