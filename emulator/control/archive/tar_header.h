#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

// The header of a file in an archive that `tar` can read. Source: POSIX.1-2017, "pax", section
// "ustar Interchange Format", https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html;
// for sizes from 8 GiB on, the base-256 numbers of GNU tar: "Basic Tar Format",
// https://www.gnu.org/software/tar/manual/html_node/Standard.html
namespace msc::control {

// A header is one block; a file is padded to whole blocks.
inline constexpr std::size_t kTarBlock = 512;

// How many blocks of zeros end an archive.
inline constexpr std::size_t kTarEndBlocks = 2;

using TarBlock = std::array<char, kTarBlock>;

struct TarHeader {
  std::string name;
  std::uint64_t size = 0;  // Bytes.

  friend bool operator==(const TarHeader&, const TarHeader&) = default;
};

// Bytes that pad the last block of a file.
constexpr std::uint64_t TarPadding(std::uint64_t size) {
  return (kTarBlock - size % kTarBlock) % kTarBlock;
}

// The header of a plain file. REQUIRES: the name has 1 to 100 bytes, the size is below 2^63.
TarBlock FormatTarHeader(const TarHeader& header, Time modified);

// kArchiveInvalid if it is not a header, or not one of a plain file.
Result<TarHeader> ParseTarHeader(const TarBlock& block);

}  // namespace msc::control
