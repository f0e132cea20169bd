#pragma once

#include <optional>
#include <string>

#include "emulator/base/clock.h"
#include "storage_stub/model/lease.h"
#include "storage_stub/protocol/conditions.h"
#include "storage_stub/protocol/metadata.h"

namespace msc::storage {

// What of a container anybody may read. The numbers are stored.
enum class PublicAccess { kNone = 0, kBlob = 1, kContainer = 2 };

// A stored container.
struct ContainerRecord {
  std::string name;
  std::string etag = {};  // With its quotes.
  Time last_modified = {};
  Metadata metadata = {};
  PublicAccess public_access = PublicAccess::kNone;
  std::optional<Lease> lease = {};
  std::string encryption_scope = {};  // Of its new blobs; empty: the account's key.
  bool denies_scope_override = false;

  ResourceState state() const { return {etag, last_modified}; }
};

}  // namespace msc::storage
