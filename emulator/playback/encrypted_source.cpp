#include "emulator/playback/encrypted_source.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace msc::playback {
namespace {

constexpr std::size_t kBlock = AesCbcEncryptor::kBlock;
constexpr std::size_t kSkipBuffer = 64 * 1024;

}  // namespace

std::uint64_t EncryptedSize(std::uint64_t size) { return size / kBlock * kBlock + kBlock; }

EncryptedSource::EncryptedSource(std::unique_ptr<http::BodySource> clear, std::string_view key,
                                 std::string_view iv, http::ByteRange range)
    : clear_(std::move(clear)),
      cipher_(key, iv),
      range_(range),
      clear_left_(clear_->size()),
      encrypted_left_(EncryptedSize(clear_left_)),
      skip_(range.first),
      left_(range.length) {}

std::size_t EncryptedSource::Read(std::span<char> buffer) {
  Skip();
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left_));
  if (wanted == 0) return 0;
  const std::size_t count = ReadEncrypted(buffer.first(wanted));
  left_ -= count;
  return count;
}

void EncryptedSource::Skip() {
  if (skip_ == 0) return;
  std::vector<char> dropped(static_cast<std::size_t>(std::min<std::uint64_t>(skip_, kSkipBuffer)));
  while (skip_ > 0) {
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, dropped.size()));
    skip_ -= ReadEncrypted(std::span(dropped).first(step));
  }
}

std::size_t EncryptedSource::ReadEncrypted(std::span<char> buffer) {
  if (spare_left_.empty()) {
    const std::size_t whole = buffer.size() / kBlock * kBlock;
    if (whole > 0) {
      const auto blocks =
          buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(whole, encrypted_left_)));
      FillBlocks(blocks);
      return blocks.size();
    }
    FillBlocks(spare_);
    spare_left_ = spare_;
  }
  const auto part = spare_left_.first(std::min(buffer.size(), spare_left_.size()));
  std::copy(part.begin(), part.end(), buffer.begin());
  spare_left_ = spare_left_.subspan(part.size());
  return part.size();
}

// PKCS#7: the last block is filled up with bytes that say how many they are.
void EncryptedSource::FillBlocks(std::span<char> blocks) {
  std::size_t filled = 0;
  while (filled < blocks.size() && clear_left_ > 0) {
    const auto room = std::min<std::uint64_t>(blocks.size() - filled, clear_left_);
    const std::size_t count = clear_->Read(blocks.subspan(filled, static_cast<std::size_t>(room)));
    if (count == 0) throw std::runtime_error("the media ended early");
    filled += count;
    clear_left_ -= count;
  }
  const auto padding = blocks.subspan(filled);
  std::fill(padding.begin(), padding.end(), static_cast<char>(padding.size()));
  cipher_.Encrypt(blocks);
  encrypted_left_ -= blocks.size();
}

}  // namespace msc::playback
