#pragma once

#include <string>

#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/model/lease_change.h"

namespace msc::storage {

// A lease operation as its request asks for it.
struct LeaseRequest {
  LeaseChange change;
  std::string id_text;  // The id that the lease has afterwards, as the client wrote it.
};

bool BreaksLease(const http::Request& request);

// A lease that is acquired without an id gets a random one. kMissingRequiredHeader,
// kInvalidHeaderValue.
Result<LeaseRequest> ReadLeaseRequest(const http::Request& request, Random& random);

}  // namespace msc::storage
