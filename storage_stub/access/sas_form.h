#pragma once

#include <string_view>

#include "emulator/base/result.h"
#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/sas.h"

// What a shared access signature must look like before anything is held against it. Every error is
// kAuthenticationFailed with the service's own detail and tells what would have been right.
namespace msc::storage {

// The fields that must be there are there, and all can be what they say they are.
Status CheckForm(const Sas& sas);
Status CheckForm(const AccountSas& sas);

// The error for a field that must be there; `expected` says in words what would be right.
Error FieldMissing(std::string_view name,
                   std::string_view expected = "a value, here or in the stored access policy");

}  // namespace msc::storage
