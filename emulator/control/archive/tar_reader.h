#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "emulator/base/result.h"
#include "emulator/control/archive/tar_header.h"
#include "emulator/http/body.h"

namespace msc::control {

// Reads a tar archive from front to back. All methods return kArchiveInvalid if the archive is
// invalid or incomplete, and the errors of BodyReader::Read.
class TarReader {
 public:
  // REQUIRES: `body` outlives the reader.
  explicit TarReader(http::BodyReader& body) : body_(body) {}

  // Goes on to the next file; nullopt after the last one, if the body ends there too.
  Result<std::optional<TarHeader>> Next();

  // Reads bytes of the file into the front of `buffer` (never empty) and returns how many; 0 at the
  // end of the file.
  Result<std::size_t> Read(std::span<char> buffer);

 private:
  Status Fill(std::span<char> buffer);
  Status Skip(std::uint64_t bytes);
  Status ExpectEnd();

  http::BodyReader& body_;
  std::uint64_t left_ = 0;     // Bytes of the file that are not read yet,
  std::uint64_t padding_ = 0;  // and of the padding behind it.
};

}  // namespace msc::control
