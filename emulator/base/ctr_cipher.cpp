#include "emulator/base/ctr_cipher.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

namespace msc {
namespace {

const unsigned char* CipherBytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void Aes256Ctr::Free::operator()(evp_cipher_ctx_st* context) const { EVP_CIPHER_CTX_free(context); }

Aes256Ctr::Aes256Ctr(std::string_view key, std::string_view iv) : context_(EVP_CIPHER_CTX_new()) {
  if (key.size() != kKeySize || iv.size() != kIvSize) {
    throw std::invalid_argument("AES-256-CTR needs a key of 32 bytes and an IV of 16");
  }
  if (EVP_EncryptInit_ex(context_.get(), EVP_aes_256_ctr(), nullptr, CipherBytes(key),
                         CipherBytes(iv)) != 1) {
    throw std::runtime_error("OpenSSL does not provide AES-256-CTR");
  }
}

Aes256Ctr::~Aes256Ctr() = default;

void Aes256Ctr::Apply(std::span<char> piece) {
  constexpr std::size_t kMost = std::size_t{1} << 30;  // OpenSSL counts in int.
  while (!piece.empty()) {
    const auto part = piece.first(std::min(piece.size(), kMost));
    auto* const bytes = reinterpret_cast<unsigned char*>(part.data());
    int written = 0;
    if (EVP_EncryptUpdate(context_.get(), bytes, &written, bytes, static_cast<int>(part.size())) !=
        1) {
      throw std::runtime_error("OpenSSL cannot encrypt");
    }
    piece = piece.subspan(part.size());
  }
}

}  // namespace msc
