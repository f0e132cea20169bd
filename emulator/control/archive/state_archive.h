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

  // The state as it is now; later writes do not change the archive, even while it is read.
  std::unique_ptr<http::BodySource> Export() const;

  // The contents of an archive that was read completely and is valid.
  struct Import {
    StateManifest manifest;
    std::shared_ptr<const storage::BlobSnapshot> records;
  };

  // Reads an archive and changes nothing. kArchiveInvalid with the reason; the errors of
  // BodyReader::Read.
  Result<Import> Read(http::BodyReader& body) const;

  // Replaces the whole state, including the position of the random stream. A frozen clock is set to
  // the archive's instant; a running one is not changed. The errors of EmulatorState::Restore.
  Status Replace(const Import& import) const;

 private:
  Result<std::shared_ptr<const storage::BlobSnapshot>> ReadRecords(
      const ArchiveContents& contents) const;

  const EmulatorState& state_;
};

}  // namespace msc::control
