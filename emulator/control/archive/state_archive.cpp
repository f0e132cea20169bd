#include "emulator/control/archive/state_archive.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "emulator/control/archive/archive_error.h"
#include "emulator/control/archive/archive_names.h"
#include "emulator/control/archive/tar_writer.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/state/blob_snapshot.h"

namespace msc::control {
namespace {

using storage::Extent;
using Snapshot = std::shared_ptr<const storage::BlobSnapshot>;

TarEntry TextEntry(const char* name, std::string text) {
  const auto size = text.size();
  return {{name, size}, [text = std::move(text)](std::uint64_t offset, std::span<char> bytes) {
            text.copy(bytes.data(), bytes.size(), offset);
          }};
}

TarEntry RecordsEntry(const Snapshot& snapshot) {
  return {{kStorageFile, snapshot->records().size()},
          [snapshot](std::uint64_t offset, std::span<char> bytes) {
            snapshot->records().copy(bytes.data(), bytes.size(), offset);
          }};
}

TarEntry BytesEntry(const Snapshot& snapshot, const Extent& extent) {
  return {{ExtentFileName(extent), extent.length},
          [snapshot, from = extent.offset](std::uint64_t offset, std::span<char> bytes) {
            snapshot->file().Read(from + offset, bytes);
          }};
}

// Each one once, in order.
std::vector<Extent> Distinct(std::vector<Extent> extents) {
  std::erase_if(extents, [](const Extent& extent) { return extent.length == 0; });
  std::sort(extents.begin(), extents.end(),
            [](const Extent& left, const Extent& right) { return left.offset < right.offset; });
  extents.erase(std::unique(extents.begin(), extents.end()), extents.end());
  return extents;
}

}  // namespace

std::unique_ptr<http::BodySource> StateArchive::Export() const {
  // In this order every video finds its key and its container, and no id in them is ahead.
  std::string videos = parts_.videos_image();
  std::string keys = parts_.keys.Image();
  const Snapshot blobs = parts_.blobs.TakeSnapshot();
  const StateManifest manifest{.instant = parts_.clock.Now(),
                               .random_position = parts_.random.position()};

  std::vector<TarEntry> entries;
  entries.push_back(TextEntry(kManifestFile, FormatManifest(manifest)));
  entries.push_back(TextEntry(kVideosFile, std::move(videos)));
  entries.push_back(TextEntry(kKeysFile, std::move(keys)));
  entries.push_back(RecordsEntry(blobs));
  for (const auto& extent : Distinct(blobs->extents())) {
    entries.push_back(BytesEntry(blobs, extent));
  }
  return std::make_unique<TarWriter>(std::move(entries), manifest.instant);
}

Result<StateArchive::Import> StateArchive::Read(http::BodyReader& body) const {
  auto contents = ReadContents(body, parts_.blobs.BeginImport());
  if (!contents) return contents.error();
  const auto manifest = ParseManifest(contents->manifest);
  if (!manifest) return manifest.error();
  auto blobs = contents->bytes->Finish(contents->storage);
  if (!blobs) return ArchiveInvalid(blobs.error());
  return Import{*manifest, *std::move(contents), *std::move(blobs)};
}

// What refers to something comes behind what it refers to.
Status StateArchive::Replace(const Import& import) const {
  const Snapshot old_blobs = parts_.blobs.TakeSnapshot();
  const std::string old_keys = parts_.keys.Image();
  const auto undo = [&] {
    parts_.keys.Load(old_keys);
    parts_.blobs.Restore(*old_blobs);
  };
  const char* loading = kKeysFile;
  parts_.blobs.Restore(*import.blobs);
  try {
    parts_.keys.Load(import.contents.keys);
    loading = kVideosFile;
    parts_.load_videos(import.contents.videos);
  } catch (const sqlite::ImageRefused& error) {
    undo();
    return ArchiveInvalid(std::string(loading) + ": " + error.what());
  } catch (...) {
    undo();
    throw;
  }
  parts_.random.Rewind(import.manifest.random_position);
  return Done{};
}

}  // namespace msc::control
