#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/http/response.h"

namespace msc::control {

// Changes one byte of a response's body, counted from 0. REQUIRES: the body has that byte.
void CorruptAnswer(http::Response& response, std::uint64_t at);

// Sends a response's body in pieces of `piece` bytes, with a pause before each but the first.
// REQUIRES: `delays` outlives the response; `piece` is not 0.
void SlowAnswer(http::Response& response, std::uint64_t piece, std::chrono::nanoseconds pause,
                const CancellableDelays::Scope& delays);

}  // namespace msc::control
