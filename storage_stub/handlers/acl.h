#pragma once

#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/model/stored_policy.h"

namespace msc::storage {

// The body of Set Container ACL; an empty one has no policies. kInvalidXmlDocument, also for more
// policies than a container has; kInvalidXmlNodeValue for an id, a time or permissions that cannot
// be, and for an id that comes twice.
Result<std::vector<StoredPolicy>> ParseAcl(std::string_view body);

http::Response AclAnswer(const ContainerRecord& record, const std::vector<StoredPolicy>& policies);

}  // namespace msc::storage
