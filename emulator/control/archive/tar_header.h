#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

// What stands before each file of an archive that `tar` reads.
// Source: POSIX.1-2001, pax, "ustar Interchange Format"; for sizes from 8 GiB on the base-256
// numbers of GNU tar.
namespace msc::control {

// Headers are one block, and files are filled up to whole ones.
inline constexpr std::size_t kTarBlock = 512;

// Blocks of zeros that end an archive.
inline constexpr std::size_t kTarEndBlocks = 2;

using TarBlock = std::array<char, kTarBlock>;

struct TarHeader {
  std::string name;
  std::uint64_t size = 0;  // Bytes.

  friend bool operator==(const TarHeader&, const TarHeader&) = default;
};

// Bytes that fill up the last block of a file.
constexpr std::uint64_t TarPadding(std::uint64_t size) {
  return (kTarBlock - size % kTarBlock) % kTarBlock;
}

// Of a plain file. REQUIRES: the name has 1 to 100 bytes, the size is below 2^63.
TarBlock FormatTarHeader(const TarHeader& header, Time modified);

// kArchiveInvalid for what is no header, or not one of a plain file.
Result<TarHeader> ParseTarHeader(const TarBlock& block);

}  // namespace msc::control
