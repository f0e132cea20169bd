#pragma once

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>

namespace msc::playback {

// What a player does with AES-128-CBC and PKCS#7; nullopt if the padding is wrong.
inline std::optional<std::string> Decrypt(const std::string& encrypted, const std::string& key,
                                          const std::string& iv) {
  const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> context(EVP_CIPHER_CTX_new(),
                                                                           EVP_CIPHER_CTX_free);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(encrypted.data());
  EVP_DecryptInit_ex(context.get(), EVP_aes_128_cbc(), nullptr,
                     reinterpret_cast<const unsigned char*>(key.data()),
                     reinterpret_cast<const unsigned char*>(iv.data()));
  std::string plain(encrypted.size() + 16, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(plain.data());
  int size = 0, rest = 0;
  EVP_DecryptUpdate(context.get(), out, &size, bytes, static_cast<int>(encrypted.size()));
  if (EVP_DecryptFinal_ex(context.get(), out + size, &rest) != 1) return std::nullopt;
  plain.resize(static_cast<std::size_t>(size + rest));
  return plain;
}

}  // namespace msc::playback
