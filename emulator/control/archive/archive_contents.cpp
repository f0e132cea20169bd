#include "emulator/control/archive/archive_contents.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "emulator/control/archive/archive_error.h"
#include "emulator/control/archive/archive_names.h"
#include "emulator/control/archive/tar_reader.h"

namespace msc::control {
namespace {

// Limits of files that are read into memory, in bytes.
constexpr std::uint64_t kMaxManifest = 64 * 1024;
constexpr std::uint64_t kMaxDatabase = 1024 * 1024 * 1024;
constexpr std::uint64_t kReadStep = 256 * 1024;

// A file that must be in the archive exactly once, and the text that it is read into.
struct TextFile {
  const char* name;
  std::uint64_t limit;  // Bytes.
  std::string& text;
  bool is_there = false;
};

using TextFiles = std::array<TextFile, 2>;

// Passes the file to `take`, piece by piece.
template <typename Take>
Status ReadFile(TarReader& archive, const TarHeader& header, Take take) {
  std::vector<char> buffer(std::clamp<std::uint64_t>(header.size, 1, kReadStep));
  for (;;) {
    const auto count = archive.Read(buffer);
    if (!count) return count.error();
    if (*count == 0) return Done{};
    take(std::span<const char>(buffer).first(*count));
  }
}

Status ReadText(TarReader& archive, const TarHeader& header, TextFiles& files) {
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const auto& known) { return known.name == header.name; });
  if (file == files.end()) return ArchiveInvalid(header.name + " is no part of such an archive");
  if (file->is_there) return ArchiveInvalid(header.name + " is in the archive twice");
  if (header.size > file->limit) {
    return ArchiveInvalid(header.name + " has at most " + std::to_string(file->limit) + " bytes");
  }
  file->is_there = true;
  return ReadFile(archive, header, [&](std::span<const char> piece) {
    file->text.append(piece.data(), piece.size());
  });
}

Status ReadExtent(TarReader& archive, const TarHeader& header, storage::BlobImport& bytes) {
  const auto extent = ParseExtentFileName(header.name);
  if (!extent || extent->length != header.size) {
    return ArchiveInvalid(header.name + " is not what its name says");
  }
  const auto writer = bytes.Add(*extent);
  if (!writer) return ArchiveInvalid(writer.error());
  const auto append = [&](std::span<const char> piece) { (*writer)->Append(piece); };
  if (auto read = ReadFile(archive, header, append); !read) return read;
  (*writer)->Close();
  return Done{};
}

}  // namespace

Result<ArchiveContents> ReadContents(http::BodyReader& body,
                                     std::unique_ptr<storage::BlobImport> bytes) {
  ArchiveContents contents{.bytes = std::move(bytes)};
  TextFiles files = {{{kManifestFile, kMaxManifest, contents.manifest},
                      {kRecordsFile, kMaxDatabase, contents.records}}};
  TarReader archive(body);
  for (;;) {
    const auto header = archive.Next();
    if (!header) return header.error();
    if (!*header) break;
    const auto read = (*header)->name.starts_with(kExtentsFolder)
                          ? ReadExtent(archive, **header, *contents.bytes)
                          : ReadText(archive, **header, files);
    if (!read) return read.error();
  }
  for (const auto& file : files) {
    if (!file.is_there) return ArchiveInvalid(std::string("the archive has no ") + file.name);
  }
  return contents;
}

}  // namespace msc::control
