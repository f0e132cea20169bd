#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/e2e/crash/blob_state.h"
#include "tests/support/blob_client.h"

namespace msc::testing {

// One client of one container, and its book of what the server must have kept. Not thread-safe.
class Worker {
 public:
  Worker(std::string upload_target, std::uint64_t seed)
      : upload_target_(std::move(upload_target)), random_(seed) {}

  // Writes at random, and calls `acknowledged` after each write that was, until the connection
  // ends. Any answer but the expected one fails the test.
  void WriteUntilTheEnd(int port, const std::function<void()>& acknowledged);

  // Makes `writes` random writes. One that is answered with 500 must have had no effect; returns
  // after it if `ends_at_error`. Returns how many of them there were.
  int Write(int port, int writes, bool ends_at_error = false);

  // Reads everything, and fails the test where a blob is neither as it was acknowledged nor as the
  // one write in flight would have made it. From then on the book says what is there.
  void Compare(int port);

  // Commits the blocks that wait, and fails the test where a blob is not made of their bytes then.
  void CommitAndCompare(int port);

  void AddStoredPieces(StoredPieces& pieces) const;

 private:
  struct Entry {
    BlobState acknowledged;
    std::optional<BlobState> in_flight;
  };

  // Whether the write was acknowledged, or has failed as it may.
  bool WriteSomething(BlobClient& client);
  bool PutBlob(BlobClient& client, const std::string& blob);
  bool PutBlock(BlobClient& client, const std::string& blob);
  bool PutBlockList(BlobClient& client, const std::string& blob);
  bool DeleteBlob(BlobClient& client, const std::string& blob);
  bool Enter(Entry& entry, int expected_status, const std::function<BlobAnswer()>& write,
             BlobState after);
  void CompareBlob(BlobClient& client, const std::string& blob, Entry& entry);

  std::size_t Random(std::size_t below);
  Piece RandomPiece(std::string block_id);

  std::string upload_target_;
  std::mt19937_64 random_;
  bool may_fail_ = false;
  int failed_ = 0;
  std::map<std::string, Entry> registry_;  // By the blob's name.
};

}  // namespace msc::testing
