#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace msc {

// Raw bytes in a string: keys, digests, signatures.
using Bytes = std::string;

// HMAC-SHA256 (32 bytes) of `text` under `key`.
Bytes HmacSha256(std::string_view key, std::string_view text);

// SHA-256 (32 bytes).
Bytes Sha256(std::string_view text);

// Whether the two are equal, in a time that does not depend on where they differ.
bool SameBytes(std::string_view left, std::string_view right);

// An MD5 that is fed piece by piece. Throws std::runtime_error where OpenSSL refuses MD5.
class Md5 {
 public:
  Md5();
  ~Md5();
  Md5(Md5&&) noexcept;
  Md5& operator=(Md5&&) noexcept;

  void Update(std::span<const char> piece);

  // The digest (16 bytes) of all that was fed. REQUIRES: called once.
  Bytes Finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace msc
