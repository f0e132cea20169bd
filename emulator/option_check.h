#pragma once

#include <msc/emulator.h>

namespace msc {

// Checks all options and returns them with their defaults filled in. Throws StartError with
// Reason::kOption, whose text begins with the name of the bad field, a colon and a space.
EmulatorOptions Checked(EmulatorOptions options);

}  // namespace msc
