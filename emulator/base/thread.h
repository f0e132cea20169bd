#pragma once

#include <thread>
#include <utility>

#include "emulator/base/signal_block.h"

namespace msc {

// Starts a thread that handles no signals: all are blocked from its first instruction, so that
// threads of the embedding program handle them. Throws std::system_error if no thread can be
// created.
template <typename... Arguments>
std::thread StartThread(Arguments&&... arguments) {
  const SignalBlock block;
  return std::thread(std::forward<Arguments>(arguments)...);
}

}  // namespace msc
