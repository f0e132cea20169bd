#pragma once

#include <optional>
#include <string>

#include "emulator/base/result.h"
#include "storage_stub/model/lease.h"

// What an operation needs if the blob or the container that it uses has a lease, or had one.
// Source: "Lease Blob", section "Outcomes of use attempts on blobs by lease state",
// https://learn.microsoft.com/en-us/rest/api/storageservices/lease-blob, and "Lease Container",
// https://learn.microsoft.com/en-us/rest/api/storageservices/lease-container
namespace msc::storage {

// What a lease is on.
enum class Leased { kBlob, kContainer };

// For an operation that may name the lease (reads of blobs; all of containers but deletes). If `id`
// is not empty, the lease must be locked and have that id: kLeaseNotPresent…, kLeaseLost…,
// kLeaseIdMismatch….
Status CheckLease(const std::optional<Lease>& lease, const std::string& id, Time now,
                  Leased leased);

// For an operation that must name the lease while it is locked (writes and deletes). Also
// kLeaseIdMissing….
Status CheckLeaseOfWrite(const std::optional<Lease>& lease, const std::string& id, Time now,
                         Leased leased);

}  // namespace msc::storage
