#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_st;      // OpenSSL's EVP_MD.
struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX.

namespace msc {

// Raw bytes in a string: keys, digests, signatures.
using Bytes = std::string;

// A key of HMAC-SHA256, prepared once for all texts that it signs. Cheap to copy. Immutable,
// thread-safe.
class HmacKey {
 public:
  HmacKey(std::string_view key);  // Implicit: a key is its bytes.
  template <std::convertible_to<std::string_view> Key>
  HmacKey(const Key& key) : HmacKey(std::string_view(key)) {}

  // The 32 bytes of the HMAC of `text`.
  Bytes Sign(std::string_view text) const;

 private:
  // Digests to which the padded key was added: before the text, and before the digest of the text.
  struct Prepared;
  std::shared_ptr<const Prepared> prepared_;
};

// HMAC-SHA256 (32 bytes) of `text` under `key`.
inline Bytes HmacSha256(std::string_view key, std::string_view text) {
  return HmacKey(key).Sign(text);
}

// SHA-256 (32 bytes).
Bytes Sha256(std::string_view text);

// Whether both are equal. The time does not depend on where they differ.
bool SameBytes(std::string_view left, std::string_view right);

// A digest that is computed piece by piece.
class StreamDigest {
 public:
  StreamDigest(StreamDigest&&) noexcept;
  StreamDigest& operator=(StreamDigest&&) noexcept;

  void Update(std::span<const char> piece);

  // The digest of all pieces. REQUIRES: called once.
  Bytes Finish();

 protected:
  // Throws std::runtime_error if OpenSSL does not support the algorithm.
  explicit StreamDigest(const evp_md_st* algorithm);
  ~StreamDigest();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// 16 bytes.
class Md5 final : public StreamDigest {
 public:
  Md5();
};

// 32 bytes.
class Sha256Stream final : public StreamDigest {
 public:
  Sha256Stream();
};

}  // namespace msc
