#pragma once

#include <cstdint>
#include <filesystem>

#include "emulator/base/descriptor.h"
#include "emulator/http/body.h"

namespace msc::http {

// A file, read like the body of a request.
class FileBody final : public BodyReader {
 public:
  // Throws std::runtime_error if it is no regular file or cannot be opened.
  explicit FileBody(const std::filesystem::path& file);

  std::optional<std::uint64_t> size() const override { return size_; }
  void Limit(std::uint64_t bytes) override { limit_ = bytes; }

  // kBodyTooLarge. Throws std::runtime_error if the file cannot be read, or ends early.
  Result<std::size_t> Read(std::span<char> buffer) override;

 private:
  const std::filesystem::path file_;
  const Descriptor in_;
  std::uint64_t size_;
  std::uint64_t limit_;
  std::uint64_t read_ = 0;
};

// Writes all of `source` to `file`. The old file stays until the new one is complete. Throws
// std::runtime_error if it cannot be written, and the exceptions of `source`.
void WriteFile(BodySource& source, const std::filesystem::path& file);

}  // namespace msc::http
