#pragma once

#include "emulator/base/error.h"

namespace msc::http {

// The status that a refusal has everywhere but at the blob endpoint, whose wire format has its own.
int StatusOf(RefusalCode code);

}  // namespace msc::http
