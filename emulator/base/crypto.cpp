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
  // For OpenSSL, a null pointer means that there is no key; an empty view may have one.
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

struct StreamDigest::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(evp); }
};

StreamDigest::StreamDigest(const evp_md_st* algorithm) : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->evp, algorithm, nullptr) != 1) {
    throw std::runtime_error(std::string("OpenSSL does not provide ") + EVP_MD_name(algorithm));
  }
}
StreamDigest::~StreamDigest() = default;
StreamDigest::StreamDigest(StreamDigest&&) noexcept = default;
StreamDigest& StreamDigest::operator=(StreamDigest&&) noexcept = default;

void StreamDigest::Update(std::span<const char> piece) {
  EVP_DigestUpdate(context_->evp, piece.data(), piece.size());
}

Bytes StreamDigest::Finish() {
  Bytes digest(static_cast<std::size_t>(EVP_MD_CTX_size(context_->evp)), '\0');
  EVP_DigestFinal_ex(context_->evp, Unsigned(digest.data()), nullptr);
  return digest;
}

Md5::Md5() : StreamDigest(EVP_md5()) {}

Sha256Stream::Sha256Stream() : StreamDigest(EVP_sha256()) {}

}  // namespace msc
