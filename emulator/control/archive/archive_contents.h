#pragma once

#include <memory>
#include <string>

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/state/blob_import.h"

namespace msc::control {

// What stands in an archive of the state, not yet judged but for its form.
struct ArchiveContents {
  std::string manifest = {};
  std::string records = {};
  std::unique_ptr<storage::BlobImport> bytes = {};
};

// Reads the whole archive; runs of bytes go to `bytes` at once. kArchiveInvalid for what is no
// archive, not whole, or has files that do not belong there, twice, or not at all; the errors of
// BodyReader::Read.
Result<ArchiveContents> ReadContents(http::BodyReader& body,
                                     std::unique_ptr<storage::BlobImport> bytes);

}  // namespace msc::control
