#pragma once

#include <string_view>

#include "emulator/base/result.h"
#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/sas.h"

// The form of a shared access signature, which is checked first. Every error is
// kAuthenticationFailed with the service's own detail, and says what would be right.
namespace msc::storage {

// Whether the required fields are there and all fields are valid.
Status CheckForm(const Sas& sas);
Status CheckForm(const AccountSas& sas);

// The error for a missing field; `expected` says in words what would be right.
Error FieldMissing(std::string_view name,
                   std::string_view expected = "a value, here or in the stored access policy");

}  // namespace msc::storage
