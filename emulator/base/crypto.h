#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_st;  // OpenSSL's EVP_MD.

namespace msc {

// Raw bytes in a string: keys, digests, signatures.
using Bytes = std::string;

// HMAC-SHA256 (32 bytes) of `text` under `key`.
Bytes HmacSha256(std::string_view key, std::string_view text);

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
  struct Context;
  std::unique_ptr<Context> context_;
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
