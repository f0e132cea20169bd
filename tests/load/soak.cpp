// Mixed load by 64 clients, with faults, resets and snapshots, for as long as is asked for: memory,
// descriptors, threads and files must not grow. Before that, a crowd of connections at once.
//
//   soak MINUTES [CONNECTIONS]        default: 5,000 connections
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/load/mixed_load.h"
#include "tests/load/process_figures.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"

namespace {

using namespace std::chrono_literals;
using namespace msc::load;
using msc::testing::EmulatorProcess;
using std::chrono::steady_clock;

constexpr unsigned kClients = 64;
constexpr double kMostLeft = 16;  // MiB.
constexpr const char* kPid = "\"pid\":";

void RaiseFileLimit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int PidIn(const std::string& ready) { return std::atoi(ready.c_str() + ready.find(kPid) + 6); }

std::vector<Sample> MeasureUntil(steady_clock::time_point end, int pid, const std::string& folder) {
  std::vector<Sample> samples;
  while (steady_clock::now() < end) {
    std::this_thread::sleep_for(1s);
    samples.push_back(Measure(pid, folder));
  }
  return samples;
}

bool Soak(std::chrono::minutes time, int connections) {
  const msc::testing::ScratchFolder folder;
  EmulatorProcess emulator(msc::testing::EmulatorCommand(
      {"--data", folder.path(), "--processing-time", "1s", "--log-level", "error"}));
  if (!ServesCrowd(emulator.port(), connections)) {
    std::cout << "one of " << connections << " connections was not served\n";
    return false;
  }
  std::cout << connections << " connections were served at once\n" << std::flush;

  Load load{.port = emulator.port()};
  std::vector<std::thread> clients;
  for (unsigned seed = 1; seed <= kClients; ++seed) {
    clients.emplace_back(RunClient, std::ref(load), seed);
  }
  clients.emplace_back(RunTester, std::ref(load), 0U);
  std::vector<Sample> samples;
  std::exception_ptr error;
  try {
    samples = MeasureUntil(steady_clock::now() + time, PidIn(emulator.ready()), folder.path());
  } catch (...) {
    error = std::current_exception();
  }
  load.has_ended = true;
  for (auto& client : clients) client.join();
  if (error) std::rethrow_exception(error);
  std::cout << load.answers << " answers, " << load.failures << " connections cut\n" << std::flush;
  const bool is_flat = PrintAndCompare(samples);
  ForgetAll(emulator.port());
  const double left = MibOfBlobs(folder.path());
  std::cout << left << " MiB of blobs.bytes are left when nothing is kept\n";
  return is_flat && left < kMostLeft;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2 || argc > 3) throw std::invalid_argument("usage: soak MINUTES [CONNECTIONS]");
  RaiseFileLimit();
  const bool is_flat =
      Soak(std::chrono::minutes(std::stoi(argv[1])), argc > 2 ? std::stoi(argv[2]) : 5000);
  return is_flat ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::exception& error) {
  std::cerr << "soak: " << error.what() << '\n';
  return EXIT_FAILURE;
}
