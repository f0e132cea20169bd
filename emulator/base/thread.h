#pragma once

#include <thread>
#include <utility>

#include "emulator/base/signal_block.h"

namespace msc {

// Starts a thread that no signal runs on: all are blocked from its first instruction, so that the
// threads of the program that the emulator is embedded in handle them. Throws std::system_error if
// there is no thread to be had.
template <typename... Arguments>
std::thread StartThread(Arguments&&... arguments) {
  const SignalBlock block;
  return std::thread(std::forward<Arguments>(arguments)...);
}

}  // namespace msc
