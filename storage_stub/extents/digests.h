#pragma once

#include <optional>
#include <span>

#include "emulator/base/crc64.h"
#include "emulator/base/crypto.h"

namespace msc::storage {

// The digests that are wanted of a body. An MD5 takes several times as long as a CRC-64.
struct WantedDigests {
  bool md5 = false;
  bool crc64 = false;
};

// Raw; empty if not wanted.
struct Digests {
  Bytes md5;    // 16 bytes.
  Bytes crc64;  // 8 bytes.
};

// Computes the wanted digests, piece by piece.
class Digester {
 public:
  explicit Digester(WantedDigests wanted) {
    if (wanted.md5) md5_.emplace();
    if (wanted.crc64) crc64_.emplace();
  }

  void Update(std::span<const char> piece) {
    if (md5_) md5_->Update(piece);
    if (crc64_) crc64_->Update(piece);
  }

  // REQUIRES: called once.
  Digests Finish() {
    return {.md5 = md5_ ? md5_->Finish() : Bytes(), .crc64 = crc64_ ? crc64_->Finish() : Bytes()};
  }

 private:
  std::optional<Md5> md5_;
  std::optional<Crc64> crc64_;
};

}  // namespace msc::storage
