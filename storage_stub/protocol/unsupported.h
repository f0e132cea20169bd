#pragma once

#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// Rejects requests for features of the service that this endpoint does not have (snapshots,
// versions, tiers, encryption with the client's keys, queries), instead of doing something else.
// kUnsupportedQueryParameter, kUnsupportedHeader; kInvalidHeaderValue for a version that is not a
// date; kInvalidQueryParameterValue for an operation that the service does not have either.
// `served_comps`: the values of `comp` in the routes.
Status CheckSupported(const http::Request& request, const std::vector<std::string>& served_comps);

}  // namespace msc::storage
