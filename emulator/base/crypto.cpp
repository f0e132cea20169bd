#include "emulator/base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <stdexcept>

namespace msc {
namespace {

const unsigned char* Unsigned(const char* data) {
  return reinterpret_cast<const unsigned char*>(data);
}

unsigned char* Unsigned(char* data) { return reinterpret_cast<unsigned char*>(data); }

}  // namespace

Bytes HmacSha256(std::string_view key, std::string_view text) {
  Bytes digest(SHA256_DIGEST_LENGTH, '\0');
  unsigned int size = 0;
  // OpenSSL takes a null key, which an empty view may have, for none at all.
  const char* key_data = key.empty() ? "" : key.data();
  if (HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), Unsigned(text.data()), text.size(),
           Unsigned(digest.data()), &size) == nullptr) {
    throw std::runtime_error("OpenSSL cannot compute an HMAC-SHA256");
  }
  return digest;
}

Bytes Sha256(std::string_view text) {
  Bytes digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(Unsigned(text.data()), text.size(), Unsigned(digest.data()));
  return digest;
}

bool SameBytes(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

struct Md5::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(evp); }
};

Md5::Md5() : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->evp, EVP_md5(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL does not provide MD5");
  }
}
Md5::~Md5() = default;
Md5::Md5(Md5&&) noexcept = default;
Md5& Md5::operator=(Md5&&) noexcept = default;

void Md5::Update(std::span<const char> piece) {
  EVP_DigestUpdate(context_->evp, piece.data(), piece.size());
}

Bytes Md5::Finish() {
  Bytes digest(16, '\0');
  EVP_DigestFinal_ex(context_->evp, Unsigned(digest.data()), nullptr);
  return digest;
}

}  // namespace msc
