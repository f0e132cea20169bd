#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

struct evp_cipher_ctx_st;  // OpenSSL's EVP_CIPHER_CTX.

namespace msc {

// Encrypts with AES-128-CBC, piece by piece and without padding.
class AesCbcEncryptor {
 public:
  static constexpr std::size_t kBlock = 16;  // Bytes; also of the key and of the vector.

  // Throws std::runtime_error if OpenSSL does not provide the cipher. REQUIRES: `key` and `iv` have
  // kBlock bytes.
  AesCbcEncryptor(std::string_view key, std::string_view iv);
  ~AesCbcEncryptor();
  AesCbcEncryptor(const AesCbcEncryptor&) = delete;
  AesCbcEncryptor& operator=(const AesCbcEncryptor&) = delete;

  // Encrypts in place. REQUIRES: whole blocks.
  void Encrypt(std::span<char> blocks);

 private:
  struct Free {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

}  // namespace msc
