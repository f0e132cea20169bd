#pragma once

#include <cstdint>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"

namespace msc::storage {

// Information about a stored blob.
struct BlobInfo {
  std::string container;
  std::string name;
  std::uint64_t size = 0;  // Bytes.
  std::string content_type;
  std::string etag;  // With its quotes.
  Time last_modified;
  Bytes md5;  // Raw, 16 bytes; empty: none.
};

// The contents of a stored blob.
struct BlobInspection {
  std::uint64_t size = 0;  // Bytes.
  std::size_t blocks = 0;  // How many blocks it consists of; 0: one Put Blob.
  std::string sha256;      // Lower-case hex.
  Bytes head;              // The first 64 KiB, or less if it is smaller.
};

}  // namespace msc::storage
