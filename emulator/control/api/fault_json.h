#pragma once

#include <msc/fault.h>

#include "emulator/control/faults/fault_registry.h"
#include "emulator/control/json/json_reader.h"

namespace msc::control {

// The fault that a body describes. kInvalidArgument for a member, an operation or an action that
// does not exist; other values are checked when the fault is injected.
Result<Fault> ReadFault(const Json& json);

// The pattern that an object describes. kInvalidArgument. `path`: as in JsonReader.
Result<RequestPattern> ReadPattern(const Json& json, const std::string& path);

// The fault as it was injected, with its counters.
Json FaultJson(const InjectedFault& fault);

}  // namespace msc::control
