#pragma once

#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/random.h"
#include "emulator/http/router.h"
#include "storage_stub/records/service_store.h"

namespace msc::storage {

// How the blob service speaks: its error XML, the headers of every answer in their order, CORS, and
// what it does not do at all. `served_comps`: the values of `comp` that routes have. REQUIRES: the
// references outlive the ResponseHooks.
http::ResponseHooks BlobResponseHooks(const ServiceStore& service, const Clock& clock,
                                      Random& random, std::vector<std::string> served_comps);

}  // namespace msc::storage
