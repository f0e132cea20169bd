#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/control/archive/tar_header.h"
#include "emulator/http/body.h"

namespace msc::control {

// A file that goes into an archive.
struct TarEntry {
  TarHeader header;

  // Fills `bytes` with those of the file from `offset` on; throws on a fault. Dropped once the file
  // has gone.
  std::function<void(std::uint64_t offset, std::span<char> bytes)> read;
};

// A tar archive, made while it is read.
class TarWriter final : public http::BodySource {
 public:
  // `modified`: the time of all files. REQUIRES: names of 1 to 100 bytes.
  TarWriter(std::vector<TarEntry> entries, Time modified);

  std::uint64_t size() const override { return size_; }
  std::size_t Read(std::span<char> buffer) override;

 private:
  // Fills the front of `buffer` with what comes next and returns how much.
  std::size_t Next(std::span<char> buffer);
  std::size_t NextOfEntry(TarEntry& entry, std::span<char> buffer);

  std::vector<TarEntry> entries_;
  const Time modified_;
  std::uint64_t size_;
  std::size_t entry_ = 0;  // The one that is being read,
  std::uint64_t at_ = 0;   // and bytes that were, from its header on.
  TarBlock header_{};      // Of that one.
};

}  // namespace msc::control
