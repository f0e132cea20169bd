#include "tests/e2e/crash/worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace msc::testing {
namespace {

constexpr std::size_t kBlobs = 6;  // Few, so that most writes meet what others left.
constexpr std::size_t kBlockIds = 8;

// Base64 of four bytes, with all that the alphabet has to offer.
std::string BlockId(std::size_t number) { return "+/0" + std::to_string(number) + "AA=="; }

}  // namespace

std::size_t Worker::Random(std::size_t below) { return random_() % below; }

Piece Worker::RandomPiece(std::string block_id) {
  std::size_t size = 1 + Random(100 * 1024);
  if (Random(4) == 0) size = 1 + size % 5000;  // About a page.
  if (Random(30) == 0) size = kLongestPiece;
  return {.block_id = std::move(block_id), .offset = Random(kPoolOffsets), .size = size};
}

void Worker::WriteUntilTheEnd(int port, const std::function<void()>& acknowledged) {
  try {
    BlobClient client(port, upload_target_);
    while (WriteSomething(client)) acknowledged();
  } catch (const std::runtime_error&) {  // Killed before the first connection.
  }
}

int Worker::Write(int port, int writes, bool ends_at_error) {
  may_fail_ = true;
  failed_ = 0;
  for (int i = 0; i < writes && !(ends_at_error && failed_ > 0); ++i) {
    BlobClient client(port, upload_target_);  // A new connection: an error may cost the old one.
    EXPECT_TRUE(WriteSomething(client)) << "a write was not answered as expected";
  }
  may_fail_ = false;
  return failed_;
}

bool Worker::WriteSomething(BlobClient& client) {
  const std::string blob = "blob-" + std::to_string(Random(kBlobs));
  const std::size_t dice = Random(20);
  if (dice < 6) return PutBlob(client, blob);
  if (dice < 14) return PutBlock(client, blob);
  if (dice < 18) return PutBlockList(client, blob);
  return DeleteBlob(client, blob);
}

bool Worker::Enter(Entry& entry, int expected_status, const std::function<BlobAnswer()>& write,
                   BlobState after) {
  entry.in_flight = std::move(after);
  const auto answer = write();
  if (answer.status == 0) return false;
  if (may_fail_ && answer.status == 500) {
    entry.in_flight.reset();
    ++failed_;
    return true;
  }
  EXPECT_EQ(answer.status, expected_status) << answer.body;
  if (answer.status != expected_status) return false;
  entry.acknowledged = *std::exchange(entry.in_flight, std::nullopt);
  return true;
}

bool Worker::PutBlob(BlobClient& client, const std::string& blob) {
  Piece piece = RandomPiece("");
  if (Random(10) == 0) piece.size = 0;
  return Enter(registry_[blob], 201, [&] { return client.PutBlob(blob, piece.bytes()); },
               {.content = std::vector{piece}, .waiting = {}});
}

bool Worker::PutBlock(BlobClient& client, const std::string& blob) {
  const Piece piece = RandomPiece(BlockId(Random(kBlockIds)));
  Entry& entry = registry_[blob];
  BlobState after = entry.acknowledged;
  after.waiting[piece.block_id] = piece;
  return Enter(
      entry, 201, [&] { return client.PutBlock(blob, piece.block_id, piece.bytes()); },
      std::move(after));
}

// Any of the blocks in any order, old and new ones together; now and then one twice, or none.
bool Worker::PutBlockList(BlobClient& client, const std::string& blob) {
  Entry& entry = registry_[blob];
  auto ids = entry.acknowledged.BlockIds();
  std::shuffle(ids.begin(), ids.end(), random_);
  if (!ids.empty()) ids.resize(ids.size() - Random(ids.size()));
  if (!ids.empty() && Random(5) == 0) ids.push_back(ids.front());
  if (Random(20) == 0) ids.clear();
  return Enter(
      entry, 201, [&] { return client.PutBlockList(blob, ids); },
      entry.acknowledged.Committed(ids));
}

// Not of a blob with blocks that wait: nothing is known of what becomes of those.
bool Worker::DeleteBlob(BlobClient& client, const std::string& blob) {
  Entry& entry = registry_[blob];
  if (!entry.acknowledged.waiting.empty()) return PutBlockList(client, blob);
  const int expected_status = entry.acknowledged.content ? 202 : 404;
  return Enter(entry, expected_status, [&] { return client.DeleteBlob(blob); }, {});
}

void Worker::Compare(int port) {
  BlobClient client(port, upload_target_);
  for (auto& [blob, entry] : registry_) CompareBlob(client, blob, entry);
}

void Worker::CompareBlob(BlobClient& client, const std::string& blob, Entry& entry) {
  const auto content = client.GetBlob(blob);
  const auto blocks = client.UncommittedBlocks(blob);
  ASSERT_TRUE(blocks.has_value()) << blob << ": its blocks cannot be listed";
  const auto in_flight = std::exchange(entry.in_flight, std::nullopt);
  if (entry.acknowledged.IsSeenAs(content, *blocks)) return;
  if (in_flight && in_flight->IsSeenAs(content, *blocks)) {
    entry.acknowledged = *in_flight;
    return;
  }
  ADD_FAILURE() << blob << " of " << upload_target_
                << "\n  acknowledged: " << Describe(entry.acknowledged)
                << "\n  in flight: " << (in_flight ? Describe(*in_flight) : "nothing")
                << "\n  found: status " << content.status << ", " << content.body.size()
                << " bytes; blocks: " << ::testing::PrintToString(blocks->size());
  for (const auto& block : *blocks) ADD_FAILURE() << block.id << " of " << block.size << " bytes";
}

void Worker::CommitAndCompare(int port) {
  BlobClient client(port, upload_target_);
  for (auto& [blob, entry] : registry_) {
    if (entry.acknowledged.waiting.empty()) continue;
    const auto ids = entry.acknowledged.BlockIds();
    auto after = entry.acknowledged.Committed(ids);
    const auto write = [&, &name = blob] { return client.PutBlockList(name, ids); };
    if (!Enter(entry, 201, write, std::move(after))) return;
    const bool is_whole = entry.acknowledged.IsSeenAs(client.GetBlob(blob), {});
    EXPECT_TRUE(is_whole) << blob << " is not made of the bytes of its blocks";
  }
}

void Worker::AddStoredPieces(StoredPieces& pieces) const {
  for (const auto& [blob, entry] : registry_) AddPieces(entry.acknowledged, pieces);
}

}  // namespace msc::testing
