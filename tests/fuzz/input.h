#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "emulator/http/body.h"

namespace msc::fuzz {

inline std::string_view TextOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// What must hold whatever the input is.
inline void Require(bool holds) {
  if (!holds) std::abort();
}

// A body that is there already, handed out in pieces of at most `step` bytes.
class TextBody final : public http::BodyReader {
 public:
  explicit TextBody(std::string_view text, std::size_t step = SIZE_MAX)
      : text_(text), step_(step) {}

  std::optional<std::uint64_t> size() const override { return text_.size(); }
  void Limit(std::uint64_t) override {}

  Result<std::size_t> Read(std::span<char> buffer) override {
    const std::size_t count = std::min({buffer.size(), step_, text_.size() - position_});
    text_.copy(buffer.data(), count, position_);
    position_ += count;
    return count;
  }

 private:
  std::string_view text_;
  std::size_t step_;
  std::size_t position_ = 0;
};

}  // namespace msc::fuzz
