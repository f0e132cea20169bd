#pragma once

#include <cstdint>
#include <optional>

#include "emulator/sqlite/database.h"
#include "storage_stub/model/lease.h"

// The columns lease_id, lease_seconds, lease_ends_ms and lease_broken_ms, which blobs and
// containers have.
namespace msc::storage {

// `first`: the index of lease_id; the others follow it.
std::optional<Lease> ReadLease(const sqlite::Statement& row, int first);

// To the parameters that are named like the columns; nullopt: there is none.
void BindLease(sqlite::Statement& statement, const std::optional<Lease>& lease);

// Stores the lease of a blob or of a container. The ETag does not change.
void UpdateBlobLease(sqlite::Transaction& transaction, std::int64_t id,
                     const std::optional<Lease>& lease);
void UpdateContainerLease(sqlite::Transaction& transaction, std::int64_t id,
                          const std::optional<Lease>& lease);

}  // namespace msc::storage
