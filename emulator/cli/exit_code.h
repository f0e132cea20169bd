#pragma once

namespace msc {

// Exit codes of the program, as --help lists them.
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitPortTaken = 3;
inline constexpr int kExitFolderTaken = 3;  // Of verify.
inline constexpr int kExitBadSeed = 4;

// Of exec and sweep, about COMMAND; the same as in shells.
inline constexpr int kExitNotRun = 126;
inline constexpr int kExitNotFound = 127;
inline constexpr int kExitSignalled = 128;  // Plus the signal's number.

}  // namespace msc
