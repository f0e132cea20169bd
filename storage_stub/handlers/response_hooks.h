#pragma once

#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/http/router.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {

// What a request may ask for.
struct Served {
  std::vector<std::string> comps;  // The values of `comp` that routes have.
  bool chunked_bodies = false;     // Whether a body may come in chunks, without a length.
};

// How the blob service speaks: its error XML, the headers of every answer in their order, CORS, and
// what it does not do at all. REQUIRES: the references outlive the ResponseHooks.
http::ResponseHooks BlobResponseHooks(const ServiceStore& service, const Clock& clock,
                                      Random& random, Served served);

}  // namespace msc::storage
