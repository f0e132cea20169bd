#include "emulator/base/random.h"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace msc {
namespace {

constexpr std::size_t kDrawnAtOnce = 1024;

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t generation)
    : seed_(Sha256(std::to_string(seed) + '/' + std::to_string(generation))) {}

Bytes Random::Next(std::size_t size) {
  Bytes out(size, '\0');
  const MutexLock lock(mutex_);
  if (!seed_) {
    TakeSystemBytes(out);
    return out;
  }
  for (std::size_t at = 0; at < size;) {
    const Bytes block = seed_->Sign(std::to_string(counter_++));
    const std::size_t part = std::min(block.size(), size - at);
    block.copy(out.data() + at, part);
    at += part;
  }
  return out;
}

void Random::TakeSystemBytes(Bytes& out) {
  if (system_bytes_.size() < out.size()) {
    system_bytes_.resize(std::max(kDrawnAtOnce, out.size()));
    if (RAND_bytes(reinterpret_cast<unsigned char*>(system_bytes_.data()),
                   static_cast<int>(system_bytes_.size())) != 1) {
      system_bytes_.clear();
      throw std::runtime_error("the system's random generator failed");
    }
  }
  const auto first = system_bytes_.end() - static_cast<std::ptrdiff_t>(out.size());
  std::copy(first, system_bytes_.end(), out.begin());
  system_bytes_.erase(first, system_bytes_.end());
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
