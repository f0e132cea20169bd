#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "emulator/http/body.h"

namespace msc::videos {

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
