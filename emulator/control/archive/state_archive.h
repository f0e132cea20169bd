#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/control/archive/archive_contents.h"
#include "emulator/control/archive/state_manifest.h"
#include "emulator/http/body.h"
#include "emulator/keys/key_service.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// What an archive is made of. REQUIRES: all references outlive whoever has this.
struct StateParts {
  storage::BlobService& blobs;
  keys::KeyService& keys;

  // The records of videos as the bytes of a database file; and what puts such bytes in their place,
  // or changes nothing and throws sqlite::ImageRefused where they are none of ours.
  std::function<std::string()> videos_image;
  std::function<void(std::string_view)> load_videos;

  const Clock& clock;
  Random& random;
};

// All records and bytes as one tar archive: manifest.json, videos.db, keys.db, storage.db, then
// each run of a blob's bytes as extents/<offset>-<length>. Thread-safe, but for what each method
// requires.
class StateArchive {
 public:
  explicit StateArchive(StateParts parts) : parts_(std::move(parts)) {}

  // The state as it is now; what is written while the archive is read does not show in it.
  // REQUIRES: nothing replaces records meanwhile.
  std::unique_ptr<http::BodySource> Export() const;

  // What an archive holds, read whole and found sound, as far as it can be before it is put in
  // place.
  struct Import {
    StateManifest manifest;
    ArchiveContents contents;
    std::shared_ptr<const storage::BlobSnapshot> blobs;
  };

  // Changes nothing. kArchiveInvalid, with what is wrong; the errors of BodyReader::Read.
  Result<Import> Read(http::BodyReader& body) const;

  // Puts it in the place of all that is there, and lets randomness go on from where it was; the
  // clock is the caller's to move. kArchiveInvalid. Where it refuses or throws, everything is as it
  // was. REQUIRES: nothing else replaces records meanwhile.
  Status Replace(const Import& import) const;

 private:
  const StateParts parts_;
};

}  // namespace msc::control
