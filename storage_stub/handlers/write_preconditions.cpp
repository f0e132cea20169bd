#include "storage_stub/handlers/write_preconditions.h"

#include <utility>

#include "storage_stub/access/sas_check.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

Result<WritePreconditions> ReadWritePreconditions(const http::Request& request,
                                                  const AuthorizedRequest& authorized) {
  if (request.header(wire::kTags)) {
    auto permitted = CheckPermission({.permissions = authorized.permissions}, kBlobTags.service_sas,
                                     authorized.version);
    if (!permitted) return permitted.error();
  }
  auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  return WritePreconditions{.may_overwrite = authorized.permits('w'),
                            .policy_id = authorized.policy_id,
                            .conditions = *std::move(conditions),
                            .now = authorized.now};
}

}  // namespace msc::storage
