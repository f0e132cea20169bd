#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "storage_stub/protocol/conditions.h"
#include "storage_stub/protocol/metadata.h"

namespace msc::storage {

// A stored container.
struct ContainerRecord {
  std::string name;
  std::string etag;  // With its quotes.
  Time last_modified;
  Metadata metadata = {};

  ResourceState state() const { return {etag, last_modified}; }
};

}  // namespace msc::storage
