#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace msc::http {

// Parses the framing of a chunked body (RFC 9112, section 7.1,
// https://www.rfc-editor.org/rfc/rfc9112); the caller reads the data. Strict: only CRLF, sizes of
// at most 16 hex digits. Extensions and trailers are skipped.
class ChunkDecoder {
 public:
  enum class State {
    kFraming,  // Needs more framing bytes.
    kData,     // The next remaining() bytes are data.
    kEnd,      // The body is complete.
    kBad,      // The framing is invalid.
  };

  State state() const { return state_; }
  std::uint64_t remaining() const { return remaining_; }

  // Parses framing from the front of `input` until data begins, the body ends or `input` is used
  // up; returns how many bytes it used.
  std::size_t Parse(std::string_view input);

  // To be called when `count` bytes of data were read. REQUIRES: state() is kData and count <=
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
