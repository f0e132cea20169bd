#pragma once

#include <memory>

#include "emulator/base/result.h"
#include "emulator/control/archive/archive_contents.h"
#include "emulator/control/archive/emulator_state.h"
#include "emulator/control/archive/state_manifest.h"
#include "emulator/http/body.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// All records and bytes as one tar archive: manifest.json, emulator.db, then each run of a blob's
// bytes as extents/<offset>-<length>. Thread-safe.
class StateArchive {
 public:
  // REQUIRES: `state` outlives the object.
  explicit StateArchive(const EmulatorState& state) : state_(state) {}

  // The state as it is now; what is written while the archive is read does not show in it.
  std::unique_ptr<http::BodySource> Export() const;

  // What an archive holds, read whole and found sound.
  struct Import {
    StateManifest manifest;
    std::shared_ptr<const storage::BlobSnapshot> records;
  };

  // Changes nothing. kArchiveInvalid, with what is wrong; the errors of BodyReader::Read.
  Result<Import> Read(http::BodyReader& body) const;

  // Puts it in the place of all that is there, and lets randomness go on from where it was. A clock
  // that stands shows the archive's instant; one that runs goes on. The errors of
  // EmulatorState::Restore.
  Status Replace(const Import& import) const;

 private:
  Result<std::shared_ptr<const storage::BlobSnapshot>> ReadRecords(
      const ArchiveContents& contents) const;

  const EmulatorState& state_;
};

}  // namespace msc::control
