#pragma once

#include <cstdint>
#include <span>

#include "emulator/base/crypto.h"

namespace msc {

// CRC-64/NVME (polynomial 0xAD93D23594C93659, reflected, all ones in and out), computed piece by
// piece.
class Crc64 {
 public:
  void Update(std::span<const char> piece);

  // The checksum of all pieces, as a number and as Crc64Bytes.
  std::uint64_t value() const { return ~state_; }
  Bytes Finish() const;

 private:
  std::uint64_t state_ = ~std::uint64_t{0};
};

// A checksum as 8 bytes, the least significant first.
Bytes Crc64Bytes(std::uint64_t checksum);

}  // namespace msc
