#pragma once

#include <optional>
#include <string_view>

#include "emulator/http/headers.h"
#include "emulator/http/response.h"
#include "storage_stub/model/lease.h"
#include "storage_stub/model/lease_change.h"
#include "storage_stub/protocol/xml.h"

// What responses say about leases.
namespace msc::storage {

// The headers of a read of a blob or a container, and the elements of a list.
void AddLease(http::Headers& headers, const std::optional<Lease>& lease, Time now);
void WriteLease(XmlWriter& xml, const std::optional<Lease>& lease, Time now);

// The response to a lease operation. `state`: ETag and Last-Modified; `id`: the id of the lease as
// the client wrote it.
http::Response LeaseAnswer(LeaseChange::Action action, http::Headers state, std::string_view id,
                           const std::optional<Lease>& lease, Time now);

}  // namespace msc::storage
