#include "emulator/playback/encrypted_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/unit/playback/decrypt.h"

namespace msc::playback {
namespace {

const std::string kKey = "0123456789abcdef";
const std::string kIv = "fedcba9876543210";

// A text that gives only a few bytes at a time.
class SlowText final : public http::BodySource {
 public:
  SlowText(std::string text, std::size_t step) : text_(std::move(text)), step_(step) {}

  std::uint64_t size() const override { return text_.size(); }
  std::size_t Read(std::span<char> buffer) override {
    const auto count = std::min({buffer.size(), step_, text_.size() - at_});
    text_.copy(buffer.data(), count, at_);
    at_ += count;
    return count;
  }

 private:
  const std::string text_;
  const std::size_t step_;
  std::size_t at_ = 0;
};

std::string Text(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 + i / 256);
  return text;
}

// All of a source, read with buffers of that size.
std::string ReadAllOf(http::BodySource& source, std::size_t step) {
  std::string all;
  std::string buffer(step, '\0');
  while (const auto count = source.Read(buffer)) all.append(buffer, 0, count);
  return all;
}

std::string Encrypted(std::size_t size, http::ByteRange range, std::size_t step = 1000) {
  EncryptedSource source(std::make_unique<SlowText>(Text(size), 7), kKey, kIv, range);
  return ReadAllOf(source, step);
}

std::string EncryptedWhole(std::size_t size, std::size_t step = 1000) {
  return Encrypted(size, {0, EncryptedSize(size)}, step);
}

TEST(EncryptedSource, IsDecryptedByOthers) {
  for (const std::size_t size : {1U, 15U, 16U, 17U, 31U, 32U, 33U, 1000U, 4096U}) {
    const auto encrypted = EncryptedWhole(size);

    EXPECT_EQ(encrypted.size(), size / 16 * 16 + 16);
    EXPECT_EQ(Decrypt(encrypted, kKey, kIv), Text(size)) << size;
  }
}

TEST(EncryptedSource, DoesNotDependOnTheBuffers) {
  const auto whole = EncryptedWhole(333);

  for (const std::size_t step : {1U, 3U, 15U, 16U, 17U, 47U, 48U, 336U, 337U}) {
    EXPECT_EQ(EncryptedWhole(333, step), whole) << step;
  }
}

TEST(EncryptedSource, ReadsAnyRange) {
  const auto whole = EncryptedWhole(100);
  for (std::size_t first = 0; first < whole.size(); first += 5) {
    for (std::size_t length = 1; first + length <= whole.size(); length += 9) {
      EXPECT_EQ(Encrypted(100, {first, length}, 10), whole.substr(first, length));
    }
  }
}

TEST(EncryptedSource, ReadsARangeFarBehindItsBeginning) {
  const auto whole = EncryptedWhole(200'000);

  EXPECT_EQ(Encrypted(200'000, {150'001, 99}), whole.substr(150'001, 99));
}

TEST(EncryptedSource, ThrowsIfTheMediaEndEarly) {
  class Cut final : public http::BodySource {
    std::uint64_t size() const override { return 10; }
    std::size_t Read(std::span<char>) override { return 0; }
  };
  EncryptedSource source(std::make_unique<Cut>(), kKey, kIv, {0, 16});
  std::string buffer(100, '\0');

  EXPECT_THROW(source.Read(buffer), std::runtime_error);
}

}  // namespace
}  // namespace msc::playback
