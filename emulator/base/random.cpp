#include "emulator/base/random.h"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace msc {

Random::Random(std::uint64_t seed, std::uint64_t generation)
    : seed_(Sha256(std::to_string(seed) + '/' + std::to_string(generation))) {}

Bytes Random::Next(std::size_t size) {
  Bytes out(size, '\0');
  if (!seed_) {
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(size)) != 1) {
      throw std::runtime_error("the system's random generator failed");
    }
    return out;
  }

  const MutexLock lock(mutex_);
  for (std::size_t at = 0; at < size;) {
    const Bytes block = HmacSha256(*seed_, std::to_string(counter_++));
    const std::size_t part = std::min(block.size(), size - at);
    block.copy(out.data() + at, part);
    at += part;
  }
  return out;
}

std::uint64_t Random::position() const {
  const MutexLock lock(mutex_);
  return counter_;
}

void Random::Rewind(std::uint64_t position) {
  const MutexLock lock(mutex_);
  if (seed_) counter_ = position;
}

}  // namespace msc
