#include "emulator/control/archive/tar_writer.h"

#include <algorithm>
#include <utility>

namespace msc::control {
namespace {

constexpr std::uint64_t kEndSize = kTarEndBlocks * kTarBlock;

// Including header and padding.
std::uint64_t SizeOf(const TarEntry& entry) {
  return kTarBlock + entry.header.size + TarPadding(entry.header.size);
}

std::size_t PutZeros(std::span<char> buffer, std::uint64_t most) {
  const auto count = std::min<std::uint64_t>(buffer.size(), most);
  std::fill_n(buffer.begin(), count, '\0');
  return count;
}

}  // namespace

TarWriter::TarWriter(std::vector<TarEntry> entries, Time modified)
    : entries_(std::move(entries)), modified_(modified), size_(kEndSize) {
  for (const auto& entry : entries_) size_ += SizeOf(entry);
}

std::size_t TarWriter::Read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const std::size_t count = Next(buffer.subspan(filled));
    if (count == 0) break;
    filled += count;
  }
  return filled;
}

std::size_t TarWriter::Next(std::span<char> buffer) {
  if (entry_ == entries_.size()) {
    const std::size_t count = PutZeros(buffer, kEndSize - at_);
    at_ += count;
    return count;
  }
  TarEntry& entry = entries_[entry_];
  const std::size_t count = NextOfEntry(entry, buffer);
  at_ += count;
  if (at_ == SizeOf(entry)) {
    entry.read = nullptr;
    at_ = 0;
    ++entry_;
  }
  return count;
}

std::size_t TarWriter::NextOfEntry(TarEntry& entry, std::span<char> buffer) {
  if (at_ < kTarBlock) {
    if (at_ == 0) header_ = FormatTarHeader(entry.header, modified_);
    const auto rest = std::span(header_).subspan(at_);
    const std::size_t count = std::min(buffer.size(), rest.size());
    std::copy_n(rest.begin(), count, buffer.begin());
    return count;
  }
  const std::uint64_t done = at_ - kTarBlock;
  if (done >= entry.header.size) return PutZeros(buffer, SizeOf(entry) - at_);
  const auto count = std::min<std::uint64_t>(buffer.size(), entry.header.size - done);
  entry.read(done, buffer.first(count));
  return count;
}

}  // namespace msc::control
