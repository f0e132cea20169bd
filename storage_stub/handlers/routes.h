#pragma once

#include <string>
#include <vector>

#include "emulator/http/router.h"
#include "storage_stub/handlers/append_handlers.h"
#include "storage_stub/handlers/batch_handlers.h"
#include "storage_stub/handlers/blob_handlers.h"
#include "storage_stub/handlers/block_handlers.h"
#include "storage_stub/handlers/container_handlers.h"
#include "storage_stub/handlers/history_handlers.h"
#include "storage_stub/handlers/immutability_handlers.h"
#include "storage_stub/handlers/lease_handlers.h"
#include "storage_stub/handlers/page_handlers.h"
#include "storage_stub/handlers/service_handlers.h"
#include "storage_stub/handlers/tag_handlers.h"

namespace msc::storage {

// All operations of the blob service. REQUIRES: the handlers outlive the routes.
std::vector<http::Route> Routes(const ServiceHandlers& service, const ContainerHandlers& containers,
                                const BlobHandlers& blobs, const BlockHandlers& blocks,
                                const AppendHandlers& appends, const PageHandlers& pages,
                                const TagHandlers& tags, const HistoryHandlers& history,
                                const LeaseHandlers& leases,
                                const ImmutabilityHandlers& immutability,
                                const BatchHandlers& batches);

// The values of `comp` in the routes.
std::vector<std::string> CompsOf(const std::vector<http::Route>& routes);

}  // namespace msc::storage
