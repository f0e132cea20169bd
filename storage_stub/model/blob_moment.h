#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"

namespace msc::storage {

// What is stored under a blob's name. The numbers are stored.
enum class BlobKind {
  kBase = 0,         // The blob itself.
  kSnapshot = 1,     // What it was when a snapshot was taken.
  kVersion = 2,      // What it was before a write.
  kDeletedBase = 3,  // The blob itself, soft-deleted.
};

// Moments are numbered like ETags, uniquely; the base blob comes after all others of its name.
inline constexpr std::int64_t kBaseMoment = std::numeric_limits<std::int64_t>::max();

// Which of the things that are stored under a name is meant.
struct BlobMoment {
  BlobKind kind = BlobKind::kBase;
  std::int64_t number = kBaseMoment;

  friend bool operator==(const BlobMoment&, const BlobMoment&) = default;
};

// A time in the unit of moments: 100 ns since the year 1, as the service's platform counts.
std::int64_t TicksOf(Time time);

// "2011-03-09T01:42:34.9360000Z": the number of a moment as snapshots and versions are named by it.
std::string FormatMoment(std::int64_t number);

// nullopt for anything but that form.
std::optional<std::int64_t> ParseMoment(std::string_view text);

}  // namespace msc::storage
