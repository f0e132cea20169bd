#pragma once

#include <msc/fault.h>

#include <cstddef>

#include "emulator/base/result.h"

namespace msc::control {

// kInvalidArgument, with the invalid value and the allowed ones, for an invalid fault.
Status CheckFault(const Fault& fault);

// The bytes of memory that the fault's texts take, roughly.
std::size_t TextSize(const Fault& fault);

// The action of a fault in words: "reset the connection after 65536 bytes of the request".
std::string Describe(const Fault& fault);

}  // namespace msc::control
