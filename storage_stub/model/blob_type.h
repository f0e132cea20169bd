#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "storage_stub/protocol/wire.h"

namespace msc::storage {

// What a blob is made of; it never changes, unless the blob is replaced. The numbers are stored.
enum class BlobType {
  kBlock = 0,
  kAppend = 1,  // Of blocks, too, which can be added one by one.
  kPage = 2,    // Of pages that are written and cleared at their places; the rest is zeros.
};

inline constexpr std::array<std::string_view, 3> kBlobTypeNames = {
    wire::kBlockBlob, wire::kAppendBlob, wire::kPageBlob};

// As in the header x-ms-blob-type.
inline const char* NameOf(BlobType type) {
  return kBlobTypeNames[static_cast<std::size_t>(type)].data();
}

inline std::optional<BlobType> ParseBlobType(std::string_view name) {
  for (std::size_t i = 0; i < kBlobTypeNames.size(); ++i) {
    if (kBlobTypeNames[i] == name) return static_cast<BlobType>(i);
  }
  return std::nullopt;
}

}  // namespace msc::storage
