#pragma once

#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// Refuses what the service has and this endpoint has not (leases, snapshots, versions, tags, tiers,
// page and append blobs, encryption with the client's keys, batches), rather than to do something
// else. kUnsupportedQueryParameter, kUnsupportedHeader; kLeaseNotPresent… for a request that names
// a lease, of which there are none; kInvalidHeaderValue for a version that is no date;
// kInvalidQueryParameterValue for an operation that the service does not have either.
// `served_comps`: the values of `comp` that routes have.
Status CheckSupported(const http::Request& request, const std::vector<std::string>& served_comps);

}  // namespace msc::storage
