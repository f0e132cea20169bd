#include "emulator/control/archive/state_archive.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "emulator/control/archive/archive_error.h"
#include "emulator/control/archive/archive_names.h"
#include "emulator/control/archive/tar_writer.h"
#include "emulator/keys/key_service.h"
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
  return {{kRecordsFile, snapshot->records_size()},
          [snapshot](std::uint64_t offset, std::span<char> bytes) {
            snapshot->ReadRecords(offset, bytes);
          }};
}

TarEntry BytesEntry(const Snapshot& snapshot, const Extent& extent) {
  return {{ExtentFileName(extent), extent.length},
          [snapshot, from = extent.offset](std::uint64_t offset, std::span<char> bytes) {
            snapshot->file().Read(from + offset, bytes);
          }};
}

// Each extent once, in order.
std::vector<Extent> Distinct(std::vector<Extent> extents) {
  std::erase_if(extents, [](const Extent& extent) { return extent.length == 0; });
  std::sort(extents.begin(), extents.end(),
            [](const Extent& left, const Extent& right) { return left.offset < right.offset; });
  extents.erase(std::unique(extents.begin(), extents.end()), extents.end());
  return extents;
}

}  // namespace

std::unique_ptr<http::BodySource> StateArchive::Export() const {
  const auto state = state_.Take();
  const StateManifest manifest{.instant = state.clock.now,
                               .random_position = state.random_position};

  std::vector<TarEntry> entries;
  entries.push_back(TextEntry(kManifestFile, FormatManifest(manifest)));
  entries.push_back(RecordsEntry(state.records));
  for (const auto& extent : Distinct(state.records->extents())) {
    entries.push_back(BytesEntry(state.records, extent));
  }
  return std::make_unique<TarWriter>(std::move(entries), manifest.instant);
}

Result<StateArchive::Import> StateArchive::Read(http::BodyReader& body) const {
  auto contents = ReadContents(body, state_.parts().blobs.BeginImport());
  if (!contents) return contents.error();
  const auto manifest = ParseManifest(contents->manifest);
  if (!manifest) return manifest.error();
  auto records = ReadRecords(*contents);
  if (!records) {
    return ArchiveInvalid(std::string(kRecordsFile) + ": " + records.error().message);
  }
  return Import{*manifest, *std::move(records)};
}

Result<std::shared_ptr<const storage::BlobSnapshot>> StateArchive::ReadRecords(
    const ArchiveContents& contents) const {
  const auto records = state_.parts().database.NewInMemory();
  try {
    records->Load(contents.records);
  } catch (const sqlite::ImageRefused& error) {
    return ArchiveInvalid(std::string(error.what()));
  }
  if (!keys::KeyService::HasSigningKey(*records)) {
    return ArchiveInvalid("it has no key to sign tokens with");
  }
  return contents.bytes->Finish(*records);
}

Status StateArchive::Replace(const Import& import) const {
  auto clock = state_.parts().clock.Save();
  // A running clock is not changed: clients compare it with their own.
  if (clock.mode == Clock::Mode::kFrozen) clock.now = import.manifest.instant;
  return state_.Restore({.records = import.records,
                         .clock = clock,
                         .random_position = import.manifest.random_position});
}

}  // namespace msc::control
