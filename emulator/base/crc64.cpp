#include "emulator/base/crc64.h"

#include <array>
#include <bit>
#include <cstring>

namespace msc {
namespace {

constexpr std::uint64_t kPolynomial = 0x9A6C9329AC4BC9B5;  // Reflected.

// How many bytes are processed at once, each with its own table: table k contains the effect of a
// byte on the remainder after k more bytes.
constexpr std::size_t kStride = 16;
using Tables = std::array<std::array<std::uint64_t, 256>, kStride>;

constexpr Tables MakeTables() {
  Tables tables{};
  for (std::uint64_t byte = 0; byte < 256; ++byte) {
    std::uint64_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? kPolynomial : 0);
    }
    tables[0][byte] = remainder;
  }
  for (std::size_t k = 1; k < kStride; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint64_t before = tables[k - 1][byte];
      tables[k][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");

std::uint64_t ReadWord(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// The effect of the eight bytes of `word` on the remainder after `after` more bytes.
std::uint64_t Fold(std::uint64_t word, std::size_t after) {
  std::uint64_t remainder = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    remainder ^= kTables[after + 7 - i][(word >> (8 * i)) & 0xFF];
  }
  return remainder;
}

}  // namespace

void Crc64::Update(std::span<const char> piece) {
  std::uint64_t state = state_;
  for (; piece.size() >= kStride; piece = piece.subspan(kStride)) {
    state = Fold(state ^ ReadWord(piece.data()), 8) ^ Fold(ReadWord(piece.data() + 8), 0);
  }
  for (const char c : piece) {
    state = (state >> 8) ^ kTables[0][(state ^ static_cast<unsigned char>(c)) & 0xFF];
  }
  state_ = state;
}

Bytes Crc64::Finish() const {
  const std::uint64_t crc = ~state_;
  Bytes bytes(sizeof crc, '\0');
  std::memcpy(bytes.data(), &crc, sizeof crc);
  return bytes;
}

}  // namespace msc
