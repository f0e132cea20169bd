#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "emulator/base/crypto.h"
#include "emulator/base/mutex.h"

namespace msc {

// Where ids, keys and vectors come from: the system's secure generator, or, seeded, a stream that
// repeats byte for byte on every machine. Thread-safe.
class Random {
 public:
  Random() = default;

  // `generation` tells runs on the same records apart, so that a restart does not deal out the same
  // ids again.
  Random(std::uint64_t seed, std::uint64_t generation);

  Random(const Random&) = delete;
  Random& operator=(const Random&) = delete;

  Bytes Next(std::size_t size);

  // How far a seeded stream has come; 0 where it is not seeded.
  std::uint64_t position() const;

  // Lets a seeded stream go on from a `position` that was asked for before, of this or of another
  // object of the same seed, so that it deals out the same again. No effect on one without a seed.
  void Rewind(std::uint64_t position);

 private:
  const std::optional<HmacKey> seed_;  // Absent: the system's generator.
  void TakeSystemBytes(Bytes& out) MSC_REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::uint64_t counter_ MSC_GUARDED_BY(mutex_) = 0;
  // Of the system's generator, drawn in one go and dealt out from the end.
  Bytes system_bytes_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc
