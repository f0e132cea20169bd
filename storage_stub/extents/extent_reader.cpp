#include "storage_stub/extents/extent_reader.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace msc::storage {

std::size_t ExtentReader::Read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size() && left_ > 0) {
    const auto rest =
        buffer.subspan(filled, std::min<std::uint64_t>(buffer.size() - filled, left_));
    const std::size_t count = zeros_ > 0 ? ReadZeros(rest) : ReadExtent(rest);
    filled += count;
    left_ -= count;
  }
  return filled;
}

std::optional<http::BytesInPlace> ExtentReader::TakeInFile(std::size_t most) {
  if (left_ == 0 || zeros_ > 0 || extent_ >= bytes_.pin.extents().size()) return std::nullopt;
  const Extent& extent = bytes_.pin.extents()[extent_];
  const bool is_checked =
      done_ == 0 ? !bytes_.checksums.empty() && left_ >= extent.length : is_whole_;
  if (is_checked) return std::nullopt;
  is_whole_ = false;
  const std::size_t count =
      std::min<std::uint64_t>({std::uint64_t{most}, left_, extent.length - done_});
  const http::BytesInPlace taken{
      .file = bytes_.pin.file().descriptor(), .offset = extent.offset + done_, .count = count};
  left_ -= count;
  done_ += count;
  if (done_ == extent.length) {
    zeros_ = ZerosBefore(++extent_);
    done_ = 0;
  }
  return taken;
}

std::uint64_t ExtentReader::ZerosBefore(std::size_t extent) const {
  if (extent < bytes_.zeros.size()) return bytes_.zeros[extent];
  return extent < bytes_.pin.extents().size() ? 0 : UINT64_MAX;
}

std::size_t ExtentReader::ReadZeros(std::span<char> buffer) {
  const std::size_t count = std::min<std::uint64_t>(buffer.size(), zeros_);
  std::fill_n(buffer.begin(), count, '\0');
  zeros_ -= count;
  return count;
}

std::size_t ExtentReader::ReadExtent(std::span<char> buffer) {
  const Extent& extent = bytes_.pin.extents()[extent_];
  const std::size_t count = std::min<std::uint64_t>(buffer.size(), extent.length - done_);
  const auto piece = buffer.first(count);
  bytes_.pin.file().Read(extent.offset + done_, piece);
  Take(piece);
  if (done_ == extent.length) {
    Check(extent);
    zeros_ = ZerosBefore(++extent_);
    done_ = 0;
  }
  return count;
}

void ExtentReader::Take(std::span<const char> piece) {
  if (done_ == 0) {
    is_whole_ = !bytes_.checksums.empty();
    crc64_ = {};
  }
  done_ += piece.size();
  if (is_whole_) crc64_.Update(piece);
}

void ExtentReader::Check(const Extent& extent) const {
  if (!is_whole_ || crc64_.value() == bytes_.checksums[extent_]) return;
  throw std::runtime_error("the bytes of the blob " + bytes_.name +
                           " were changed by somebody else: " + bytes_.pin.file().name() +
                           " from " + std::to_string(extent.offset) + " on, " +
                           std::to_string(extent.length) + " bytes");
}

void Verify(const StoredBytes& bytes, std::uint64_t skip, std::uint64_t length) {
  ExtentReader reader(bytes, skip, length);
  std::array<char, 64 * 1024> buffer;
  while (reader.Read(buffer) > 0) {
  }
}

}  // namespace msc::storage
