#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emulator/base/result.h"

namespace msc::http {

// The body of a request, read as it arrives.
class BodyReader {
 public:
  virtual ~BodyReader() = default;

  // The size of the whole body; nullopt if it is chunked and not known yet.
  virtual std::optional<std::uint64_t> size() const = 0;

  // Sets how many bytes Read returns before it fails.
  virtual void Limit(std::uint64_t bytes) = 0;

  // Reads into the front of `buffer` (never empty) and returns how much; 0 at the end.
  // kBodyTooLarge over the limit, kRequestTimeout if the client stalls, kMalformedRequest for bad
  // chunks, kClientGone if the connection ends before the body.
  virtual Result<std::size_t> Read(std::span<char> buffer) = 0;
};

// Reads the whole body. For routes with a small limit. The errors of Read.
Result<std::string> ReadAll(BodyReader& body);

// Bytes that can be sent from where they are.
struct BytesInPlace {
  std::string_view memory = {};  // Or else, if it is empty:
  int file = -1;                 // `count` bytes of this file
  std::uint64_t offset = 0;      // from there on.
  std::size_t count = 0;         // In both cases.
};

// The body of a response, produced while it is sent.
class BodySource {
 public:
  virtual ~BodySource() = default;

  // The size of the whole body.
  virtual std::uint64_t size() const = 0;

  // Whether it has no size: each piece is sent at once, until Read returns 0 or the client has
  // gone.
  virtual bool is_stream() const { return false; }

  // Fills the front of `buffer` (never empty) and returns how much; 0 only at the end. If it
  // throws, the connection is cut, so that the client notices that the body is incomplete.
  virtual std::size_t Read(std::span<char> buffer) = 0;

  // The next bytes, which then count as read, if they need not be copied to be sent: at least one,
  // and no more than `most`. They stay there as long as the source. nullopt: Read has them.
  // `from_files`: whether they may be in a file.
  virtual std::optional<BytesInPlace> TakeInPlace(std::size_t most, bool from_files) {
    (void)most;
    (void)from_files;
    return std::nullopt;
  }
};

}  // namespace msc::http
