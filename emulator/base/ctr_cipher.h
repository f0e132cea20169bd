#pragma once

#include <memory>
#include <span>

#include "emulator/base/crypto.h"

struct evp_cipher_ctx_st;  // OpenSSL's EVP_CIPHER_CTX.

namespace msc {

// AES-256 in counter mode, which has no padding: encrypting and decrypting are the same.
class Aes256Ctr {
 public:
  static constexpr std::size_t kKeySize = 32;
  static constexpr std::size_t kIvSize = 16;

  // `iv`: the first counter block. Throws std::invalid_argument if a size is wrong.
  Aes256Ctr(std::string_view key, std::string_view iv);
  ~Aes256Ctr();
  Aes256Ctr(const Aes256Ctr&) = delete;
  Aes256Ctr& operator=(const Aes256Ctr&) = delete;

  // Replaces the next bytes of the text by the result.
  void Apply(std::span<char> piece);

 private:
  struct Free {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

}  // namespace msc
