#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "emulator/http/body.h"

namespace msc::http {

// A file, read as the body of a request would be.
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
  std::ifstream in_;
  std::uint64_t size_;
  std::uint64_t limit_;
  std::uint64_t read_ = 0;
};

// Writes the whole of `source` to `file`, which has its old content, or is not there, until all of
// the new one is. Throws std::runtime_error if it cannot be written, and what `source` throws.
void WriteFile(BodySource& source, const std::filesystem::path& file);

}  // namespace msc::http
