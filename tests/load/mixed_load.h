#pragma once

#include <atomic>
#include <cstdint>

namespace msc::load {

// What all clients share.
struct Load {
  int port;
  std::atomic<bool> has_ended = false;
  std::atomic<std::uint64_t> answers = 0;   // Complete ones, whatever their status.
  std::atomic<std::uint64_t> failures = 0;  // Connections that ended before: faults and resets.
};

// Creates, uploads, polls, reads and deletes videos until the load ends. `seed`: of its choices.
void RunClient(Load& load, unsigned seed);

// Injects faults, moves the clock, takes and restores snapshots, and resets, until the load ends.
void RunTester(Load& load, unsigned seed);

// Resets the emulator and deletes its snapshots, so that nothing refers to any bytes.
void ForgetAll(int port);

// `count` connections at once, each of which asks and uploads; false if one is not served.
bool ServesCrowd(int port, int count);

}  // namespace msc::load
