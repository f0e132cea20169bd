// Archives of a state: read whole and byte by byte they must be the same. Each block that might be
// a header gets the checksum that it needs.

#include <numeric>

#include "emulator/control/archive/state_manifest.h"
#include "emulator/control/archive/tar_reader.h"
#include "tests/fuzz/input.h"

namespace {

using msc::control::kTarBlock;

constexpr std::size_t kChecksumAt = 148, kChecksumSize = 8;

void Mend(std::span<char> block) {
  const auto field = block.subspan(kChecksumAt, kChecksumSize);
  std::fill(field.begin(), field.end(), ' ');
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  for (std::size_t i = 6; i-- > 0; sum /= 8) field[i] = static_cast<char>('0' + sum % 8);
  field[6] = '\0';
}

std::string Contents(std::string_view archive, std::size_t step) {
  msc::fuzz::TextBody body(archive, step);
  msc::control::TarReader reader(body);
  std::string contents;
  for (;;) {
    const auto header = reader.Next();
    if (!header) return contents + "refused";
    if (!*header) return contents + "whole";
    contents += (*header)->name + std::to_string((*header)->size) + ':';
    std::array<char, 100> buffer;
    for (std::size_t count = 1; count > 0;) {
      const auto read = reader.Read(buffer);
      if (!read) return contents + "cut off";
      count = *read;
      contents.append(buffer.data(), count);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string archive(msc::fuzz::TextOf(data, size));
  static_cast<void>(msc::control::ParseManifest(archive));
  for (std::size_t at = 0; at + kTarBlock <= archive.size(); at += kTarBlock) {
    const auto block = std::span(archive).subspan(at, kTarBlock);
    if (block.front() != '\0') Mend(block);
  }
  msc::fuzz::Require(Contents(archive, SIZE_MAX) == Contents(archive, 1));
  return 0;
}
