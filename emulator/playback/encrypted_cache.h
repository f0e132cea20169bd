#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/base/mutex.h"
#include "emulator/http/body.h"
#include "emulator/http/byte_range.h"

namespace msc::playback {

// Fragments that were encrypted not long ago: all players of a video ask for the same ones, and
// encrypting costs more than sending. Holds a limited number of bytes. Thread-safe.
class EncryptedCache {
 public:
  // Which bytes they are. Equal keys mean equal bytes as long as `owner` lives.
  struct Key {
    std::shared_ptr<const void> owner;  // Kept alive, so that no other one has its address.
    std::string version;                // Of the bytes: an ETag.

    friend bool operator==(const Key&, const Key&) = default;
  };

  using Bytes = std::shared_ptr<const std::string>;

  // `most`: bytes of all fragments together, those that are being sent included. `largest`: of one.
  EncryptedCache(std::uint64_t most, std::uint64_t largest) : most_(most), largest_(largest) {}

  // Null if it is not known.
  Bytes Find(const Key& key);

  // Reads all of `source` and keeps it. Null, and nothing is read, if there is no room for it.
  // Throws what the source does.
  Bytes Keep(const Key& key, http::BodySource& source);

 private:
  struct Entry {
    Key key;
    Bytes bytes;
  };

  // Bytes of all fragments that exist; outlives the cache, as they may.
  struct Usage {
    Mutex mutex;
    std::uint64_t bytes MSC_GUARDED_BY(mutex) = 0;
  };

  bool Reserve(std::uint64_t size);
  void GiveBack(std::uint64_t size);
  bool ForgetOldest();
  Bytes Own(std::string text) const;

  const std::uint64_t most_;
  const std::uint64_t largest_;
  const std::shared_ptr<Usage> usage_ = std::make_shared<Usage>();
  Mutex mutex_;
  std::list<Entry> entries_ MSC_GUARDED_BY(mutex_);  // Those that were used last are first.
};

// A part of bytes that others may read, too.
class SharedSource final : public http::BodySource {
 public:
  // REQUIRES: the range is within the bytes.
  SharedSource(EncryptedCache::Bytes bytes, http::ByteRange range)
      : bytes_(std::move(bytes)), range_(range) {}

  std::uint64_t size() const override { return range_.length; }
  std::size_t Read(std::span<char> buffer) override;
  std::optional<http::BytesInPlace> TakeInPlace(std::size_t most, bool from_files) override;

 private:
  // The next bytes, which then count as read.
  std::string_view Take(std::size_t most);

  const EncryptedCache::Bytes bytes_;
  const http::ByteRange range_;
  std::uint64_t done_ = 0;
};

}  // namespace msc::playback
