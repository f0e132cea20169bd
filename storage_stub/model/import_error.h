#pragma once

namespace msc::storage {

// Errors of an import of the whole state. No client of the blob endpoint gets them.
enum class ImportError {
  kImportInvalid,  // Records or bytes are invalid or incomplete.
};

}  // namespace msc::storage
