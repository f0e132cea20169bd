#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "storage_stub/access/sas.h"

namespace msc::storage {

// What a user delegation key is for.
struct UserDelegationKey {
  std::string object_id;  // Of the user.
  std::string tenant_id;
  Time starts;   // Parts of a second do not count.
  Time expires;  // The same.
  std::string service;
  std::string version;
};

// The key that a signature names. REQUIRES: CheckForm succeeded, and it is delegated.
UserDelegationKey KeyOf(const Sas& sas);

// The secret of a key, 32 bytes. It follows from the key's fields and a key of the account, so it
// is stored nowhere.
Bytes DeriveSecret(const UserDelegationKey& key, const HmacKey& account_key);

}  // namespace msc::storage
