#pragma once

#include <string>
#include <vector>

#include "emulator/http/router.h"
#include "storage_stub/handlers/blob_handlers.h"
#include "storage_stub/handlers/block_handlers.h"
#include "storage_stub/handlers/container_handlers.h"
#include "storage_stub/handlers/service_handlers.h"

namespace msc::storage {

// The blob service's operations on one screen. REQUIRES: the handlers outlive them.
std::vector<http::Route> Routes(const ServiceHandlers& service, const ContainerHandlers& containers,
                                const BlobHandlers& blobs, const BlockHandlers& blocks);

// The values of `comp` that they have.
std::vector<std::string> CompsOf(const std::vector<http::Route>& routes);

}  // namespace msc::storage
