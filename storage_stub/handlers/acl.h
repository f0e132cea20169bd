#pragma once

#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/model/stored_policy.h"

namespace msc::storage {

// Parses the body of Set Container ACL; an empty body has no policies. kInvalidXmlDocument, also
// for too many policies; kInvalidXmlNodeValue for an invalid id, time or permissions, and for an id
// that occurs twice.
Result<std::vector<StoredPolicy>> ParseAcl(std::string_view body);

http::Response AclAnswer(const ContainerRecord& record, const std::vector<StoredPolicy>& policies);

}  // namespace msc::storage
