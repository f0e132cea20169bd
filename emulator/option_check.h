#pragma once

#include <msc/emulator.h>

namespace msc {

// The options, their defaults filled in and everything about them known to be usable. Throws
// StartError with Reason::kOption, whose text begins with the field's name, a colon and a blank.
EmulatorOptions Checked(EmulatorOptions options);

}  // namespace msc
