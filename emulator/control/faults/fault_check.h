#pragma once

#include <msc/fault.h>

#include "emulator/base/result.h"

namespace msc::control {

// kInvalidArgument, with the bad value and what is allowed, for a fault that cannot be.
Status CheckFault(const Fault& fault);

// What a fault does, in words: "reset the connection after 65536 bytes of the request".
std::string Describe(const Fault& fault);

}  // namespace msc::control
