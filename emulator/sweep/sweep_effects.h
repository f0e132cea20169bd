#pragma once

#include <msc/emulator.h>

#include <map>
#include <string>
#include <vector>

namespace msc {

// Effects of a client that count: repeating them costs money or confuses other clients.
struct SweepEffects {
  std::size_t videos = 0;

  // How often each blob was written, by its path; repeating the last commit, or the last write of a
  // range, does not count.
  std::map<std::string, int> commits = {};
};

// The effects of all requests to `emulator`. `answer_lost`: the request that the fault fired on was
// done successfully, although its response was lost.
SweepEffects EffectsOf(const Emulator& emulator, bool answer_lost);

// The path of a request target.
std::string PathOf(const std::string& target);

// What there is more of, in words.
std::vector<std::string> ExtraEffects(const SweepEffects& undisturbed,
                                      const SweepEffects& disturbed);

}  // namespace msc
