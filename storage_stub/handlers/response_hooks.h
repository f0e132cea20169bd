#pragma once

#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/http/router.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {

// What the endpoint serves.
struct Served {
  std::vector<std::string> comps;  // The values of `comp` that routes have.
  bool chunked_bodies = false;     // Whether a body may come in chunks, without a length.
};

// The hooks of the blob service: its error XML, the headers of every response in their order, CORS,
// and the rejection of requests that are not served. REQUIRES: the references outlive the hooks.
http::ResponseHooks BlobResponseHooks(const ServiceStore& service, const Clock& clock,
                                      Random& random, Served served);

}  // namespace msc::storage
