#pragma once

#include <msc/emulator.h>

#include <map>
#include <string>
#include <vector>

namespace msc {

// What a client has done that counts: doing it again costs money, or confuses others.
struct SweepEffects {
  std::size_t videos = 0;
  std::map<std::string, int> commits = {};  // How often each blob was, by its path.
};

// Of all that was asked of `emulator`. `answer_lost`: the request that a fault fired was done all
// the same, and done well.
SweepEffects EffectsOf(const Emulator& emulator, bool answer_lost);

// The path of a target.
std::string PathOf(const std::string& target);

// What there is more of, in words.
std::vector<std::string> ExtraEffects(const SweepEffects& undisturbed,
                                      const SweepEffects& disturbed);

}  // namespace msc
