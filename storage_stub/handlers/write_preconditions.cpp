#include "storage_stub/handlers/write_preconditions.h"

#include <utility>

namespace msc::storage {

Result<WritePreconditions> ReadWritePreconditions(const http::Request& request,
                                                  const AuthorizedRequest& authorized) {
  auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  return WritePreconditions{.may_overwrite = authorized.permits('w'),
                            .policy_id = authorized.policy_id,
                            .conditions = *std::move(conditions)};
}

}  // namespace msc::storage
