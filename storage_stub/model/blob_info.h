#pragma once

#include <cstdint>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"

namespace msc::storage {

// What is known of a stored blob.
struct BlobInfo {
  std::string container;
  std::string name;
  std::uint64_t size = 0;  // Bytes.
  std::string content_type;
  std::string etag;  // With its quotes.
  Time last_modified;
  Bytes md5;  // Raw, 16 bytes; empty: none.
};

// What a stored blob is made of.
struct BlobInspection {
  std::uint64_t size = 0;  // Bytes.
  std::size_t blocks = 0;  // Blocks that it was committed from; 0: it came in one piece.
  std::string sha256;      // Lower-case hex.
  Bytes head;              // The first 64 KiB, or all where there are fewer.
};

}  // namespace msc::storage
