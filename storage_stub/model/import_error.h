#pragma once

namespace msc::storage {

// Errors of an import of the whole state, which no client of the blob endpoint hears.
enum class ImportError {
  kImportInvalid,  // Records or bytes that are not whole and sound.
};

}  // namespace msc::storage
