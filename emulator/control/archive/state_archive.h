#pragma once

#include <functional>
#include <memory>
#include <mutex>
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
// each run of a blob's bytes as extents/<offset>-<length>. Thread-safe.
class StateArchive {
 public:
  explicit StateArchive(StateParts parts) : parts_(std::move(parts)) {}

  // The state as it is now; what is written while the archive is read does not show in it.
  std::unique_ptr<http::BodySource> Export() const;

  // Puts an archive in the place of all that is there, once it was read whole and found sound, and
  // lets randomness go on from where it was; the clock is the caller's to move. Lifts the limit of
  // `body`. kArchiveInvalid, with what is wrong; the errors of BodyReader::Read. Where it refuses
  // or throws, everything is as it was.
  Result<StateManifest> Import(http::BodyReader& body);

 private:
  Status Replace(const ArchiveContents& contents, const storage::BlobSnapshot& blobs);

  const StateParts parts_;
  mutable std::mutex mutex_;  // One at a time sees or makes the three databases fit together.
};

}  // namespace msc::control
