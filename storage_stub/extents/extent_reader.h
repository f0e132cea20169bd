#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emulator/base/crc64.h"
#include "emulator/http/body.h"
#include "storage_stub/extents/extent_file.h"

namespace msc::storage {

// Bytes that lie in extents, one after the other, and what they were when they were written. Zeros
// between them need no extent.
struct StoredBytes {
  Pin pin;
  std::vector<std::uint64_t> checksums = {};  // CRC-64 of each extent; empty: none is checked.
  std::string name = {};                      // Of the blob, for messages.
  std::vector<std::uint64_t> zeros = {};      // How many come before each extent; missing: none.
};

// Reads a run of bytes once. Each extent that the run contains completely is checked against its
// checksum. Not thread-safe.
class ExtentReader {
 public:
  // `length` bytes, beginning `skip` bytes after the start of the first extent, or with the zeros
  // before it; zeros follow the last extent. REQUIRES: `bytes` outlives the reader; `skip` is
  // within the first extent, and 0 if zeros come before it.
  ExtentReader(const StoredBytes& bytes, std::uint64_t skip, std::uint64_t length)
      : bytes_(bytes), left_(length), zeros_(ZerosBefore(0)), done_(skip) {}

  // Fills the front of `buffer` and returns how much; 0 only at the end. Throws std::runtime_error
  // if the file is too short, or, before the last bytes of an extent are returned, if they are not
  // those that were written.
  std::size_t Read(std::span<char> buffer);

  // The next bytes, which then count as read: where they are in the file, and at most `most`.
  // nullopt if they must be read, because they are checked or zeros, or if there are none.
  std::optional<http::BytesInPlace> TakeInFile(std::size_t most);

 private:
  // How many zeros come before that extent, or after the last one.
  std::uint64_t ZerosBefore(std::size_t extent) const;

  // Both fill the front of `buffer` and return how much: with zeros, or from the extent.
  std::size_t ReadZeros(std::span<char> buffer);
  std::size_t ReadExtent(std::span<char> buffer);

  void Take(std::span<const char> piece);
  void Check(const Extent& extent) const;

  const StoredBytes& bytes_;
  std::uint64_t left_;
  std::uint64_t zeros_;     // Zeros to be read before
  std::size_t extent_ = 0;  // the extent that is being read,
  std::uint64_t done_;      // and how many of its bytes were.
  bool is_whole_ = false;   // All of them were, from the first one on,
  Crc64 crc64_;             // and this is their checksum.
};

// Reads the whole run and forgets it. The errors of ExtentReader::Read.
void Verify(const StoredBytes& bytes, std::uint64_t skip, std::uint64_t length);

}  // namespace msc::storage
