#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "emulator/base/crypto.h"
#include "emulator/base/mutex.h"

namespace msc {

// The source of ids, keys and vectors: the system's secure generator, or, with a seed, a stream
// that is the same byte for byte on every machine. Thread-safe.
class Random {
 public:
  Random() = default;

  // `generation` differs for each run on the same records, so that a restart does not produce the
  // same ids again.
  Random(std::uint64_t seed, std::uint64_t generation);

  Random(const Random&) = delete;
  Random& operator=(const Random&) = delete;

  Bytes Next(std::size_t size);

  // The position in a seeded stream; 0 without a seed.
  std::uint64_t position() const;

  // Continues a seeded stream from a `position` of this or of another object with the same seed, so
  // that the same bytes follow. No effect without a seed.
  void Rewind(std::uint64_t position);

 private:
  const std::optional<HmacKey> seed_;  // Absent: the system's generator.
  void TakeSystemBytes(Bytes& out) MSC_REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::uint64_t counter_ MSC_GUARDED_BY(mutex_) = 0;
  // Bytes of the system's generator, drawn at once and used from the end.
  Bytes system_bytes_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc
