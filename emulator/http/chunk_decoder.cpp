#include "emulator/http/chunk_decoder.h"

#include <algorithm>

#include "emulator/base/text.h"

namespace msc::http {
namespace {

constexpr std::size_t kMaxSizeLine = 4096;
constexpr std::size_t kMaxTrailers = 8192;
constexpr std::size_t kMaxSizeDigits = 16;

}  // namespace

std::size_t ChunkDecoder::Parse(std::string_view input) {
  std::size_t taken = 0;
  while (state_ == State::kFraming && taken < input.size()) ParseByte(input[taken++]);
  return taken;
}

void ChunkDecoder::ParseByte(char c) {
  const bool after_return = line_.ends_with('\r');
  if (c == '\n') {
    if (!after_return) {
      state_ = State::kBad;
      return;
    }
    line_.pop_back();
    EndOfLine();
    line_.clear();
    return;
  }
  const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r';
  if (after_return || is_control || line_.size() == kMaxSizeLine ||
      (expect_ == Expect::kTrailerLine && ++trailer_bytes_ > kMaxTrailers)) {
    state_ = State::kBad;
    return;
  }
  line_ += c;
}

void ChunkDecoder::EndOfLine() {
  switch (expect_) {
    case Expect::kSizeLine:
      if (!TakeSize(line_)) {
        state_ = State::kBad;
      } else if (remaining_ == 0) {
        expect_ = Expect::kTrailerLine;
      } else {
        state_ = State::kData;
      }
      return;
    case Expect::kDataEnd:
      if (!line_.empty()) state_ = State::kBad;
      expect_ = Expect::kSizeLine;
      return;
    case Expect::kTrailerLine:
      if (line_.empty()) state_ = State::kEnd;
      return;
  }
}

bool ChunkDecoder::TakeSize(std::string_view line) {
  const auto digits = line.substr(0, line.find_first_of("; \t"));
  const auto rest = Trim(line.substr(digits.size()));
  if (digits.empty() || digits.size() > kMaxSizeDigits) return false;
  if (!rest.empty() && !rest.starts_with(';')) return false;
  remaining_ = 0;
  for (const char c : digits) {
    const auto digit = HexDigit(c);
    if (!digit) return false;
    remaining_ = remaining_ << 4 | *digit;
  }
  return true;
}

void ChunkDecoder::TakeData(std::uint64_t count) {
  remaining_ -= count;
  if (remaining_ > 0) return;
  state_ = State::kFraming;
  expect_ = Expect::kDataEnd;
}

}  // namespace msc::http
