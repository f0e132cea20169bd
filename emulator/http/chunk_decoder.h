#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace msc::http {

// Reads the framing of a chunked body (RFC 9112, section 7.1) and leaves the data to its caller.
// Strict: CRLF alone, sizes of at most 16 hex digits. Extensions and trailers are read over.
class ChunkDecoder {
 public:
  enum class State {
    kFraming,  // Wants more framing bytes.
    kData,     // The next remaining() bytes are data.
    kEnd,      // The body is whole.
    kBad,      // This is no chunked body.
  };

  State state() const { return state_; }
  std::uint64_t remaining() const { return remaining_; }

  // Reads framing off the front of `input` until there is data, the end, or nothing left; returns
  // how many bytes it took.
  std::size_t Parse(std::string_view input);

  // Tells that `count` bytes of data were taken. REQUIRES: state() is kData and count <=
  // remaining().
  void TakeData(std::uint64_t count);

 private:
  void ParseByte(char c);
  void EndOfLine();
  bool TakeSize(std::string_view line);

  enum class Expect { kSizeLine, kDataEnd, kTrailerLine };

  State state_ = State::kFraming;
  Expect expect_ = Expect::kSizeLine;
  std::uint64_t remaining_ = 0;
  std::string line_;  // Of the framing, up to its line end.
  std::size_t trailer_bytes_ = 0;
};

}  // namespace msc::http
