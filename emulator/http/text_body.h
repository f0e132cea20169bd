#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "emulator/http/body.h"
#include "emulator/http/http_error.h"

namespace msc::http {

// A text, read like the body of a request.
class TextBody final : public BodyReader {
 public:
  explicit TextBody(std::string text) : text_(std::move(text)) {}

  std::optional<std::uint64_t> size() const override { return text_.size(); }
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }

  // kBodyTooLarge.
  Result<std::size_t> Read(std::span<char> buffer) override {
    if (text_.size() > limit_) return Error{HttpError::kBodyTooLarge};
    const std::size_t count = text_.copy(buffer.data(), buffer.size(), read_);
    read_ += count;
    return count;
  }

 private:
  const std::string text_;
  std::uint64_t limit_ = UINT64_MAX;
  std::size_t read_ = 0;
};

}  // namespace msc::http
