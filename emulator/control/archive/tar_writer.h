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

// A file of an archive.
struct TarEntry {
  TarHeader header;

  // Reads the file's bytes from `offset` on into `bytes`; throws if that fails. Destroyed once the
  // file has been read.
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
  // Writes the next bytes of the archive into the front of `buffer` and returns how many.
  std::size_t Next(std::span<char> buffer);
  std::size_t NextOfEntry(TarEntry& entry, std::span<char> buffer);

  std::vector<TarEntry> entries_;
  const Time modified_;
  std::uint64_t size_;
  std::size_t entry_ = 0;  // The entry that is being read,
  std::uint64_t at_ = 0;   // and how many of its bytes were, including the header.
  TarBlock header_{};      // Of that entry.
};

}  // namespace msc::control
