#pragma once

#include <chrono>
#include <optional>

namespace msc::storage {

// What is kept of blobs that are overwritten or deleted.
struct KeptHistory {
  bool versions = false;                          // Former versions.
  std::optional<std::chrono::days> deleted = {};  // How long the deleted can come back; nullopt: 0.
};

}  // namespace msc::storage
