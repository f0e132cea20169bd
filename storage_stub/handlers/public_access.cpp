#include "storage_stub/handlers/public_access.h"

#include <stdexcept>
#include <string>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

Result<PublicAccess> ReadPublicAccess(const http::Request& request) {
  const auto text = request.header(wire::kPublicAccess).value_or("");
  for (const auto access : {PublicAccess::kNone, PublicAccess::kBlob, PublicAccess::kContainer}) {
    if (text == NameOf(access)) return access;
  }
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kPublicAccess, text);
}

std::string_view NameOf(PublicAccess access) {
  switch (access) {
    case PublicAccess::kNone:
      return "";
    case PublicAccess::kBlob:
      return "blob";
    case PublicAccess::kContainer:
      return "container";
  }
  throw std::logic_error("PublicAccess out of range");
}

void AddPublicAccess(http::Headers& headers, PublicAccess access) {
  if (access == PublicAccess::kNone) return;
  headers.push_back({wire::kPublicAccess, std::string(NameOf(access))});
}

}  // namespace msc::storage
