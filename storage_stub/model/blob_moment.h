#pragma once

#include <cstdint>
#include <limits>

namespace msc::storage {

// What is stored under a blob's name. The numbers are stored.
enum class BlobKind {
  kBase = 0,      // The blob itself.
  kSnapshot = 1,  // What it was when a snapshot was taken.
  kVersion = 2,   // What it was before a write.
};

// Moments are numbered like ETags, uniquely; the base blob comes after all others of its name.
inline constexpr std::int64_t kBaseMoment = std::numeric_limits<std::int64_t>::max();

// Which of the things that are stored under a name is meant.
struct BlobMoment {
  BlobKind kind = BlobKind::kBase;
  std::int64_t number = kBaseMoment;

  friend bool operator==(const BlobMoment&, const BlobMoment&) = default;
};

}  // namespace msc::storage
