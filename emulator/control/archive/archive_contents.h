#pragma once

#include <memory>
#include <string>

#include "emulator/base/result.h"
#include "emulator/http/body.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/state/blob_import.h"

namespace msc::control {

// The contents of an archive of the state. Only their form has been checked.
struct ArchiveContents {
  std::string manifest = {};
  std::string records = {};
  std::unique_ptr<storage::BlobImport> bytes = {};
};

// Reads the whole archive; runs of bytes are passed to `bytes` at once. kArchiveInvalid if it is
// not an archive, is incomplete, or if a file is unknown, missing or there twice; the errors of
// BodyReader::Read.
Result<ArchiveContents> ReadContents(http::BodyReader& body,
                                     std::unique_ptr<storage::BlobImport> bytes);

}  // namespace msc::control
