#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"

namespace msc::storage {

// What a client says about a blob; empty: nothing.
struct BlobProperties {
  std::string content_type = {};
  std::string content_encoding = {};
  std::string content_language = {};
  std::string cache_control = {};
  std::string content_disposition = {};
  Bytes md5 = {};  // Raw, 16 bytes.

  // Names as the client wrote them, without the prefix of their headers.
  std::vector<std::pair<std::string, std::string>> metadata = {};

  friend bool operator==(const BlobProperties&, const BlobProperties&) = default;
};

// A stored blob.
struct BlobRecord {
  BlobProperties properties;
  std::uint64_t size = 0;  // Bytes.
  std::string etag;        // With its quotes.
  Time created;
  Time last_modified;
};

}  // namespace msc::storage
