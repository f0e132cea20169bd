#include "emulator/playback/encrypted_cache.h"

#include <algorithm>
#include <utility>

namespace msc::playback {
namespace {

std::string ReadAllOf(http::BodySource& source) {
  std::string all(static_cast<std::size_t>(source.size()), '\0');
  std::size_t filled = 0;
  while (filled < all.size()) filled += source.Read(std::span(all).subspan(filled));
  return all;
}

}  // namespace

EncryptedCache::Bytes EncryptedCache::Find(const Key& key) {
  const MutexLock lock(mutex_);
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  if (found == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return found->bytes;
}

EncryptedCache::Bytes EncryptedCache::Keep(const Key& key, http::BodySource& source) {
  if (!Reserve(source.size())) return nullptr;
  Bytes bytes;
  try {
    bytes = Own(ReadAllOf(source));
  } catch (...) {
    GiveBack(source.size());
    throw;
  }
  const MutexLock lock(mutex_);
  entries_.push_front({key, bytes});
  return bytes;
}

void EncryptedCache::GiveBack(std::uint64_t size) {
  const MutexLock lock(usage_->mutex);
  usage_->bytes -= size;
}

bool EncryptedCache::Reserve(std::uint64_t size) {
  if (size > largest_) return false;
  for (;;) {
    {
      const MutexLock lock(usage_->mutex);
      if (usage_->bytes + size <= most_) {
        usage_->bytes += size;
        return true;
      }
    }
    if (!ForgetOldest()) return false;
  }
}

// Its bytes are freed outside of the lock, and later if they are being sent.
bool EncryptedCache::ForgetOldest() {
  Entry oldest;
  const MutexLock lock(mutex_);
  if (entries_.empty()) return false;
  oldest = std::move(entries_.back());
  entries_.pop_back();
  return true;
}

// The bytes count until nobody has them any more.
EncryptedCache::Bytes EncryptedCache::Own(std::string text) const {
  const auto size = text.size();
  return {new std::string(std::move(text)), [usage = usage_, size](const std::string* owned) {
            delete owned;
            const MutexLock lock(usage->mutex);
            usage->bytes -= size;
          }};
}

std::string_view SharedSource::Take(std::size_t most) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(most, range_.length - done_));
  const auto bytes =
      std::string_view(*bytes_).substr(static_cast<std::size_t>(range_.first + done_), count);
  done_ += count;
  return bytes;
}

std::size_t SharedSource::Read(std::span<char> buffer) {
  const auto bytes = Take(buffer.size());
  return bytes.copy(buffer.data(), bytes.size());
}

std::optional<http::BytesInPlace> SharedSource::TakeInPlace(std::size_t most, bool) {
  const auto bytes = Take(most);
  if (bytes.empty()) return std::nullopt;
  return http::BytesInPlace{.memory = bytes, .count = bytes.size()};
}

}  // namespace msc::playback
