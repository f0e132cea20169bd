#pragma once

#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/response.h"
#include "storage_stub/access/user_delegation.h"

// The body and the response of Get User Delegation Key.
// Source: "Get User Delegation Key",
// https://learn.microsoft.com/en-us/rest/api/storageservices/get-user-delegation-key
namespace msc::storage {

// When a key is to be valid.
struct KeyPeriod {
  Time starts;
  Time expires;
};

// kInvalidXmlDocument; kInvalidXmlNodeValue unless the end is behind the start and at most seven
// days after `now`. Without a start, it is `now`.
Result<KeyPeriod> ParseKeyPeriod(std::string_view body, Time now);

http::Response UserDelegationKeyAnswer(const UserDelegationKey& key, const Bytes& secret);

}  // namespace msc::storage
