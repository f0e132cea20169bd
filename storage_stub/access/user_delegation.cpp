#include "storage_stub/access/user_delegation.h"

#include <vector>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/base/time_range.h"

namespace msc::storage {

UserDelegationKey KeyOf(const Sas& sas) {
  return {.object_id = sas.key_object_id,
          .tenant_id = sas.key_tenant_id,
          .starts = ParseIso8601(sas.key_starts).value_or(kFirstTime),
          .expires = ParseIso8601(sas.key_expires).value_or(kFirstTime),
          .service = sas.key_service,
          .version = sas.key_version};
}

Bytes DeriveSecret(const UserDelegationKey& key, const HmacKey& account_key) {
  const std::vector<std::string> fields = {
      "user delegation key",      key.object_id, key.tenant_id, FormatSeconds(key.starts),
      FormatSeconds(key.expires), key.service,   key.version};
  return account_key.Sign(Join(fields, '\n'));
}

}  // namespace msc::storage
