#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "emulator/base/result.h"
#include "emulator/control/archive/tar_header.h"
#include "emulator/http/body.h"

namespace msc::control {

// Reads a tar archive from front to back. All refuse with kArchiveInvalid what is none or not
// whole, and with the errors of BodyReader::Read.
class TarReader {
 public:
  // REQUIRES: `body` outlives the reader.
  explicit TarReader(http::BodyReader& body) : body_(body) {}

  // Goes on to the next file; nullopt behind the last one, where the body ends too.
  Result<std::optional<TarHeader>> Next();

  // Fills the front of `buffer` (never empty) with bytes of the file and returns how much; 0 at its
  // end.
  Result<std::size_t> Read(std::span<char> buffer);

 private:
  Status Fill(std::span<char> buffer);
  Status Skip(std::uint64_t bytes);
  Status ExpectEnd();

  http::BodyReader& body_;
  std::uint64_t left_ = 0;     // Bytes of the file,
  std::uint64_t padding_ = 0;  // and of what fills up its last block.
};

}  // namespace msc::control
