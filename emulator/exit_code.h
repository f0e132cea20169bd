#pragma once

namespace msc {

// Exit codes of the program, as --help lists them.
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitPortTaken = 3;
inline constexpr int kExitBadSeed = 4;

}  // namespace msc
