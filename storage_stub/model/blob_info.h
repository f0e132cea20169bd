#pragma once

#include <cstdint>
#include <functional>
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

// How much may be hashed to answer one question. A blob of many blocks with the same bytes may be
// larger than any disk.
struct HashBudget {
  // What is left of it. A blob that is larger is not hashed.
  std::uint64_t bytes = 16ULL * 1024 * 1024 * 1024;

  // Asked after every MiB; true ends the hashing. Null: nothing ends it.
  std::function<bool()> is_useless = nullptr;
};

// The contents of a stored blob.
struct BlobInspection {
  std::uint64_t size = 0;  // Bytes.
  std::size_t blocks = 0;  // How many blocks it consists of; 0: one Put Blob.
  std::string sha256;      // Lower-case hex; empty: not known, and the budget was too small.
  Bytes head;              // The first 64 KiB, or less if it is smaller.
  std::string error;       // Why its bytes cannot be read: somebody else changed them. Else empty.
};

}  // namespace msc::storage
