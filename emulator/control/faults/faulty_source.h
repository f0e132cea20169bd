#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/http/response.h"

namespace msc::control {

// Changes one byte of an answer's body, counted from 0. REQUIRES: the body has it.
void CorruptAnswer(http::Response& response, std::uint64_t at);

// Spreads an answer's body over a time: pieces of `piece` bytes, a pause before each but the first.
// REQUIRES: `delays` outlives the response; `piece` is not 0.
void SlowAnswer(http::Response& response, std::uint64_t piece, std::chrono::nanoseconds pause,
                CancellableDelays::Scope delays);

}  // namespace msc::control
