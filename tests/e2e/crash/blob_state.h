#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/blob_client.h"

namespace msc::testing {

// Bytes that were sent at once: a slice of one pool of random bytes, which the book need not copy.
struct Piece {
  std::string block_id;  // Empty: a whole blob.
  std::size_t offset = 0;
  std::size_t size = 0;

  std::string_view bytes() const;
};

// Slices begin below this offset and are no longer than this.
inline constexpr std::size_t kPoolOffsets = 4 * 1024 * 1024;
inline constexpr std::size_t kLongestPiece = 2 * 1024 * 1024;

// What a client can see of one blob: the committed content and the blocks that wait.
struct BlobState {
  std::optional<std::vector<Piece>> content;  // nullopt: there is no such blob.
  std::map<std::string, Piece> waiting;       // By id.

  bool IsSeenAs(const BlobAnswer& content_answer, const std::vector<ListedBlock>& blocks) const;

  // The ids that a block list may name, each once.
  std::vector<std::string> BlockIds() const;

  // What a block list of `ids` makes of it; each is one of BlockIds.
  BlobState Committed(const std::vector<std::string>& ids) const;

  std::string Content() const;
};

// For messages: "3 pieces, 70000 bytes; 2 blocks wait".
std::string Describe(const BlobState& state);

// Pieces that lie on the disk, each once however many blobs or places in a blob share it.
using StoredPieces = std::set<std::pair<std::size_t, std::size_t>>;
void AddPieces(const BlobState& state, StoredPieces& pieces);

// Bytes they take up, where each begins on a new page of the disk.
std::size_t PagesOf(const StoredPieces& pieces);

}  // namespace msc::testing
