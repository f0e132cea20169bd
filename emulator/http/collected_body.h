#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "emulator/http/chunk_decoder.h"
#include "emulator/http/client_body.h"
#include "emulator/http/head.h"
#include "emulator/http/receive_buffer.h"

namespace msc::http {

// How many bytes all collected bodies of a server may have together. Thread-safe.
class BodyBudget {
 public:
  explicit BodyBudget(std::uint64_t bytes) : left_(static_cast<std::int64_t>(bytes)) {}

  bool Take(std::size_t bytes) {
    if (left_.fetch_sub(static_cast<std::int64_t>(bytes)) >= static_cast<std::int64_t>(bytes)) {
      return true;
    }
    Return(bytes);
    return false;
  }
  void Return(std::size_t bytes) { left_ += static_cast<std::int64_t>(bytes); }

 private:
  std::atomic<std::int64_t> left_;
};

// A small body that is received completely before a handler reads it, so that no thread waits for
// its client.
class CollectedBody final : public ClientBody {
 public:
  // The longest body, in bytes.
  static constexpr std::uint64_t kMost = 1024 * 1024;

  // REQUIRES: `budget` outlives it.
  CollectedBody(const Head& head, BodyBudget& budget);
  ~CollectedBody() override;
  CollectedBody(const CollectedBody&) = delete;
  CollectedBody& operator=(const CollectedBody&) = delete;

  // Takes from `received` what belongs to the body. True: nothing is missing any more, or the body
  // is invalid, too large, or over the budget; then Read returns the error.
  bool Collect(ReceiveBuffer& received);

  // From now on Read returns `error`.
  void Fail(Error error) { failure_ = std::move(error); }

  std::uint64_t collected() const { return bytes_.size(); }

  std::optional<std::uint64_t> size() const override { return length_; }
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }
  Result<std::size_t> Read(std::span<char> buffer) override;
  bool CanDrain() const override { return is_whole_; }
  bool Drain() override { return is_whole_; }

 private:
  bool CollectChunks(ReceiveBuffer& received);
  void Take(ReceiveBuffer& received, std::uint64_t most);

  BodyBudget& budget_;
  const std::optional<std::uint64_t> length_;  // nullopt: chunked.
  ChunkDecoder chunks_;
  std::string bytes_;
  std::size_t read_ = 0;
  std::uint64_t limit_ = UINT64_MAX;
  bool is_whole_ = false;
  std::optional<Error> failure_;
};

}  // namespace msc::http
