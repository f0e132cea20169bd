#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/control/archive/tar_reader.h"
#include "emulator/control/archive/tar_writer.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::control {

using storage::FakeBody;

// Names and texts of an archive's files.
using Files = std::vector<std::pair<std::string, std::string>>;

// All that the source gives, in pieces of `piece` bytes.
inline std::string ReadAll(http::BodySource& source, std::size_t piece = 64 * 1024) {
  std::string all, buffer(piece, '\0');
  while (const std::size_t count = source.Read(buffer)) all.append(buffer, 0, count);
  return all;
}

inline TarWriter Writer(const Files& files) {
  std::vector<TarEntry> entries;
  for (const auto& [name, text] : files) {
    entries.push_back(
        {{name, text.size()}, [content = text](std::uint64_t offset, std::span<char> bytes) {
           content.copy(bytes.data(), bytes.size(), offset);
         }});
  }
  return {std::move(entries), storage::At("2024-06-30T12:00:00Z")};
}

inline std::string Pack(const Files& files) {
  auto writer = Writer(files);
  return ReadAll(writer);
}

// The files up to the first that cannot be read.
inline Result<Files> Unpack(const std::string& archive) {
  FakeBody body(archive);
  TarReader reader(body);
  Files files;
  for (;;) {
    auto header = reader.Next();
    if (!header) return header.error();
    if (!*header) return files;
    std::string text((*header)->size, '\0');
    for (std::size_t at = 0; at < text.size();) {
      const auto count = reader.Read(std::span(text).subspan(at));
      if (!count) return count.error();
      at += *count;
    }
    files.emplace_back((*header)->name, std::move(text));
  }
}

}  // namespace msc::control
