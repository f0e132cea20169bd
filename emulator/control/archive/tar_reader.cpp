#include "emulator/control/archive/tar_reader.h"

#include <algorithm>
#include <array>
#include <string>

#include "emulator/control/archive/archive_error.h"

namespace msc::control {
namespace {

constexpr std::size_t kSkipStep = 64 * 1024;

bool IsZero(std::span<const char> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

Error CutOff() { return ArchiveInvalid("the archive ends before its end: it was cut off"); }

}  // namespace

Result<std::optional<TarHeader>> TarReader::Next() {
  if (auto skipped = Skip(left_ + padding_); !skipped) return skipped.error();
  TarBlock block;
  if (auto filled = Fill(block); !filled) return filled.error();
  if (IsZero(block)) {
    left_ = padding_ = 0;
    if (auto ended = ExpectEnd(); !ended) return ended.error();
    return std::optional<TarHeader>();
  }
  auto header = ParseTarHeader(block);
  if (!header) return header.error();
  left_ = header->size;
  padding_ = TarPadding(left_);
  return std::optional(*std::move(header));
}

Result<std::size_t> TarReader::Read(std::span<char> buffer) {
  if (left_ == 0) return std::size_t{0};
  const auto wanted = std::min<std::uint64_t>(buffer.size(), left_);
  const auto count = body_.Read(buffer.first(wanted));
  if (!count) return count.error();
  if (*count == 0) return CutOff();
  left_ -= *count;
  return *count;
}

Status TarReader::Fill(std::span<char> buffer) {
  for (std::size_t filled = 0; filled < buffer.size();) {
    const auto count = body_.Read(buffer.subspan(filled));
    if (!count) return count.error();
    if (*count == 0) return CutOff();
    filled += *count;
  }
  return Done{};
}

Status TarReader::Skip(std::uint64_t bytes) {
  std::array<char, kSkipStep> buffer;
  while (bytes > 0) {
    const auto piece = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), bytes));
    if (auto filled = Fill(piece); !filled) return filled.error();
    bytes -= piece.size();
  }
  return Done{};
}

// After the first block of zeros there must be another one; after that only zeros may follow, which
// some writers add.
Status TarReader::ExpectEnd() {
  TarBlock block;
  if (auto filled = Fill(block); !filled) return filled.error();
  bool is_zero = IsZero(block);
  std::array<char, kSkipStep> buffer;
  for (;;) {
    const auto count = body_.Read(buffer);
    if (!count) return count.error();
    is_zero = is_zero && IsZero(std::span(buffer).first(*count));
    if (!is_zero) return ArchiveInvalid("there is something behind the end of the archive");
    if (*count == 0) return Done{};
  }
}

}  // namespace msc::control
