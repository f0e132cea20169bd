#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "emulator/base/aes_cbc.h"
#include "emulator/http/body.h"
#include "emulator/http/byte_range.h"

namespace msc::playback {

// The size of `size` bytes that are encrypted with AES-128-CBC and PKCS#7 padding.
std::uint64_t EncryptedSize(std::uint64_t size);

// Encrypts a body with AES-128-CBC and PKCS#7 padding while it is read.
class EncryptedSource final : public http::BodySource {
 public:
  // `range`: the part of the encrypted body that is read. What is before it is encrypted, too, and
  // dropped. Throws std::runtime_error if the cipher is missing. REQUIRES: the range is within the
  // EncryptedSize of `clear`; 16 bytes of key and vector.
  EncryptedSource(std::unique_ptr<http::BodySource> clear, std::string_view key,
                  std::string_view iv, http::ByteRange range);

  std::uint64_t size() const override { return range_.length; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  std::size_t ReadEncrypted(std::span<char> buffer);
  void FillBlocks(std::span<char> blocks);
  void Skip();

  const std::unique_ptr<http::BodySource> clear_;
  AesCbcEncryptor cipher_;
  const http::ByteRange range_;
  std::uint64_t clear_left_;
  std::uint64_t encrypted_left_;  // That were not read from the cipher.
  std::uint64_t skip_;            // Encrypted bytes before the range.
  std::uint64_t left_;            // Of the range.

  // Encrypted bytes of a block that did not fit into the last buffer.
  std::array<char, AesCbcEncryptor::kBlock> spare_{};
  std::span<char> spare_left_;
};

}  // namespace msc::playback
