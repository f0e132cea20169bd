#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "emulator/control/journal/journal.h"
#include "emulator/http/body.h"

namespace msc::control {

// Looks on while a body is read: counts its bytes and keeps the first ones. REQUIRES: `inner`
// outlives it.
class BodyTap final : public http::BodyReader {
 public:
  explicit BodyTap(http::BodyReader& inner) : inner_(inner) {}

  std::optional<std::uint64_t> size() const override { return inner_.size(); }
  void Limit(std::uint64_t bytes) override { inner_.Limit(bytes); }

  Result<std::size_t> Read(std::span<char> buffer) override {
    auto count = inner_.Read(buffer);
    if (!count) {
      is_cut_ = count.error().code == ErrorCode::kClientGone;
      return count;
    }
    prefix_.append(buffer.data(), std::min(*count, Journal::kBodyPrefix - prefix_.size()));
    size_ += *count;
    return count;
  }

  std::uint64_t received() const { return size_; }

  // Whether the client went before the body was whole.
  bool is_cut() const { return is_cut_; }

  std::string TakePrefix() { return std::move(prefix_); }

 private:
  http::BodyReader& inner_;
  std::string prefix_;
  std::uint64_t size_ = 0;
  bool is_cut_ = false;
};

}  // namespace msc::control
