#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/crypto.h"
#include "emulator/control/journal/journal.h"
#include "emulator/http/body.h"
#include "emulator/http/http_error.h"

namespace msc::control {

// Watches a body while it is read: counts its bytes, keeps the first ones, and computes the hash if
// the body is longer than those. REQUIRES: `inner` outlives it.
class BodyTap final : public http::BodyReader {
 public:
  explicit BodyTap(http::BodyReader& inner) : inner_(inner) {}

  std::optional<std::uint64_t> size() const override { return inner_.size(); }
  void Limit(std::uint64_t bytes) override { inner_.Limit(bytes); }

  Result<std::size_t> Read(std::span<char> buffer) override {
    auto count = inner_.Read(buffer);
    if (!count) {
      is_cut_ = count.error().code == http::HttpError::kClientGone;
      return count;
    }
    if (*count == 0) has_ended_ = true;
    Note({buffer.data(), *count});
    return count;
  }

  std::uint64_t received() const { return size_; }

  // Whether the client closed the connection before the body was complete.
  bool is_cut() const { return is_cut_; }

  std::string TakePrefix() { return std::move(prefix_); }

  // Whether the body was read to its end.
  bool is_whole() const { return has_ended_ || size_ == inner_.size(); }

  // Raw bytes; empty if the prefix is the whole body, or if the body is too large to be hashed.
  Bytes TakeSha256() {
    return hash_ && is_whole() && size_ <= Journal::kHashedBody ? hash_->Finish() : Bytes();
  }

 private:
  void Note(std::string_view bytes) {
    const std::size_t room = Journal::kBodyPrefix - prefix_.size();
    prefix_.append(bytes.substr(0, room));
    size_ += bytes.size();
    if (bytes.size() <= room || size_ > Journal::kHashedBody) return;
    if (!hash_) hash_.emplace().Update(prefix_);
    hash_->Update(bytes.substr(room));
  }

  http::BodyReader& inner_;
  std::string prefix_;
  std::optional<Sha256Stream> hash_;
  std::uint64_t size_ = 0;
  bool is_cut_ = false;
  bool has_ended_ = false;
};

}  // namespace msc::control
