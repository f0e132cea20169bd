#pragma once

#include <msc/fault.h>

#include "emulator/control/faults/fault_registry.h"
#include "emulator/control/json/json_reader.h"

namespace msc::control {

// The fault that a body asks for. kInvalidArgument for a member, an operation or an action that
// does not exist; the values of the others are checked where the fault is injected.
Result<Fault> ReadFault(const Json& json);

// The pattern that an object describes. kInvalidArgument. `path` as JsonReader's.
Result<RequestPattern> ReadPattern(const Json& json, const std::string& path);

// As it was asked for, with what has become of it.
Json FaultJson(const InjectedFault& fault);

}  // namespace msc::control
