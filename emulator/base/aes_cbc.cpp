#include "emulator/base/aes_cbc.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

namespace msc {
namespace {

constexpr std::size_t kMostOfOneCall = std::size_t{1} << 30U;  // OpenSSL counts in an int.

struct FreeCbcCipher {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

// EVP_aes_128_cbc() is looked up again for each context; this is looked up once.
const EVP_CIPHER* Aes128Cbc() {
  static const std::unique_ptr<EVP_CIPHER, FreeCbcCipher> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-128-CBC", nullptr));
  return cipher.get();
}

const unsigned char* Bytewise(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void AesCbcEncryptor::Free::operator()(evp_cipher_ctx_st* context) const {
  EVP_CIPHER_CTX_free(context);
}

AesCbcEncryptor::AesCbcEncryptor(std::string_view key, std::string_view iv)
    : context_(EVP_CIPHER_CTX_new()) {
  const bool begun =
      key.size() == kBlock && iv.size() == kBlock && Aes128Cbc() != nullptr &&
      EVP_EncryptInit_ex2(context_.get(), Aes128Cbc(), Bytewise(key), Bytewise(iv), nullptr) == 1;
  if (!begun) throw std::runtime_error("OpenSSL cannot encrypt with AES-128-CBC");
  EVP_CIPHER_CTX_set_padding(context_.get(), 0);
}

AesCbcEncryptor::~AesCbcEncryptor() = default;

void AesCbcEncryptor::Encrypt(std::span<char> blocks) {
  while (!blocks.empty()) {
    const auto piece = blocks.first(std::min(blocks.size(), kMostOfOneCall));
    auto* const bytes = reinterpret_cast<unsigned char*>(piece.data());
    int written = 0;
    const int encrypted =
        EVP_EncryptUpdate(context_.get(), bytes, &written, bytes, static_cast<int>(piece.size()));
    if (encrypted != 1 || static_cast<std::size_t>(written) != piece.size()) {
      throw std::runtime_error("OpenSSL cannot encrypt with AES-128-CBC");
    }
    blocks = blocks.subspan(piece.size());
  }
}

}  // namespace msc
