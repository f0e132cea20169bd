#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "emulator/http/body.h"
#include "emulator/http/http_error.h"

namespace msc::videos {

// A body that is there already, handed out in pieces.
class StringBody final : public http::BodyReader {
 public:
  explicit StringBody(std::string text) : text_(std::move(text)) {}

  std::optional<std::uint64_t> size() const override { return text_.size(); }
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }

  Result<std::size_t> Read(std::span<char> buffer) override {
    if (text_.size() > limit_) return Error{http::HttpError::kBodyTooLarge};
    const std::size_t count = std::min(buffer.size(), text_.size() - position_);
    text_.copy(buffer.data(), count, position_);
    position_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t position_ = 0;
  std::uint64_t limit_ = UINT64_MAX;
};

// A body whose reading fails.
class FailingBody final : public http::BodyReader {
 public:
  explicit FailingBody(ErrorCode code) : code_(code) {}

  std::optional<std::uint64_t> size() const override { return std::nullopt; }
  void Limit(std::uint64_t) override {}
  Result<std::size_t> Read(std::span<char>) override { return Error{code_}; }

 private:
  ErrorCode code_;
};

}  // namespace msc::videos
