#include "storage_stub/blobs/write_terms.h"

#include <utility>

namespace msc::storage {

Result<WriteTerms> ReadWriteTerms(const http::Request& request, const Access& access) {
  auto conditions = ReadConditions(request);
  if (!conditions) return conditions.error();
  return WriteTerms{.may_overwrite = access.permits('w'),
                    .policy_id = access.policy_id,
                    .conditions = *std::move(conditions)};
}

}  // namespace msc::storage
