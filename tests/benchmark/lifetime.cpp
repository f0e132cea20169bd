// How long an emulator takes to come and go. Prints medians in milliseconds, one a line:
//
//   lifetime PROGRAM      start …: in this process, from the constructor to the first answer
//                         stop …: in this process, the destructor, with 8 idle keep-alive clients
//                         each …: in this process, from the constructor over an answer to the end
//                         of the
//                                 destructor: the mean of 100 in a row
//                         crowd …: the same of 20 that live at once, for each of them
//                         delayed …: in this process, the destructor, with 32 answers delayed by 30
//                         s ready …: PROGRAM, from its start as a process to its ready line
#include <fcntl.h>
#include <msc/emulator.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "tests/benchmark/connection.h"

namespace {

using msc::benchmark::Connection;
using msc::benchmark::Url;
using Clock = std::chrono::steady_clock;

constexpr int kRuns = 21;
constexpr int kIdleClients = 8;

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void Ask(Connection& connection, const Url& url) {
  connection.Send("GET /api/Formats HTTP/1.1\r\nHost: " + url.Authority() + "\r\n\r\n");
  if (connection.Receive().status != 200) throw std::runtime_error("the emulator gave no formats");
}

double StartToFirstAnswer() {
  const auto start = Clock::now();
  const msc::Emulator emulator({.port = 0});
  const Url url = Url::Parse(emulator.Url());
  Connection connection(url);
  Ask(connection, url);
  return MillisecondsSince(start);
}

double StopWithIdleClients() {
  auto emulator = std::make_unique<msc::Emulator>(msc::EmulatorOptions{.port = 0});
  const Url url = Url::Parse(emulator->Url());
  std::vector<std::unique_ptr<Connection>> idle;
  for (int i = 0; i < kIdleClients; ++i) {
    Ask(*idle.emplace_back(std::make_unique<Connection>(url)), url);
  }
  const auto start = Clock::now();
  emulator.reset();
  return MillisecondsSince(start);
}

std::unique_ptr<Connection> Use(const msc::Emulator& emulator) {
  const Url url = Url::Parse(emulator.Url());
  auto connection = std::make_unique<Connection>(url);
  Ask(*connection, url);
  return connection;
}

double OneOfManyInARow() {
  constexpr int kEmulators = 100;
  const auto start = Clock::now();
  for (int i = 0; i < kEmulators; ++i) {
    const msc::Emulator emulator({.port = 0});
    const auto connection = Use(emulator);
  }
  return MillisecondsSince(start) / kEmulators;
}

double OneOfManyAtOnce() {
  constexpr int kEmulators = 20;
  const auto start = Clock::now();
  {
    std::vector<std::unique_ptr<msc::Emulator>> emulators;
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < kEmulators; ++i) {
      emulators.push_back(std::make_unique<msc::Emulator>(msc::EmulatorOptions{.port = 0}));
    }
    for (const auto& emulator : emulators) connections.push_back(Use(*emulator));
  }
  return MillisecondsSince(start) / kEmulators;
}

double StopWithDelayedAnswers() {
  using namespace std::chrono_literals;
  constexpr int kDelayed = 32;
  auto emulator = std::make_unique<msc::Emulator>(msc::EmulatorOptions{.port = 0});
  auto fault = std::make_unique<msc::ScopedFault>(
      emulator->Inject({.action = msc::FixedDelay{.delay = 30s}}));
  const Url url = Url::Parse(emulator->Url());
  std::vector<std::unique_ptr<Connection>> waiting;
  for (int i = 0; i < kDelayed; ++i) {
    waiting.push_back(std::make_unique<Connection>(url));
    waiting.back()->Send("GET /api/Formats HTTP/1.1\r\nHost: " + url.Authority() + "\r\n\r\n");
  }
  while (fault->Fired() < kDelayed) std::this_thread::yield();
  fault.reset();
  const auto start = Clock::now();
  emulator.reset();
  return MillisecondsSince(start);
}

// Reads up to the first newline; throws where there is none.
void ReadLine(int descriptor) {
  for (char c = 0; c != '\n';) {
    if (::read(descriptor, &c, 1) != 1) throw std::runtime_error("no ready line");
  }
}

double ProcessStartToReadyLine(const std::string& program) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category());
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::array<std::string, 3> words = {program, "--port", "0"};
  std::array<char*, 4> arguments = {words[0].data(), words[1].data(), words[2].data(), nullptr};

  const auto start = Clock::now();
  pid_t child = 0;
  const int failed =
      ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (failed != 0) throw std::system_error(failed, std::generic_category(), program);
  ReadLine(ends[0]);
  const double taken = MillisecondsSince(start);

  ::kill(child, SIGTERM);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  return taken;
}

template <typename Measure>
double Median(Measure measure) {
  std::array<double, kRuns> values;
  for (double& value : values) value = measure();
  std::nth_element(values.begin(), values.begin() + kRuns / 2, values.end());
  return values[kRuns / 2];
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::invalid_argument("usage: lifetime PROGRAM");
  const std::string program = argv[1];
  std::cout << "start " << Median(StartToFirstAnswer) << '\n'
            << "stop " << Median(StopWithIdleClients) << '\n'
            << "each " << OneOfManyInARow() << '\n'
            << "crowd " << Median(OneOfManyAtOnce) << '\n'
            << "delayed " << Median(StopWithDelayedAnswers) << '\n'
            << "ready " << Median([&] { return ProcessStartToReadyLine(program); }) << '\n';
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "lifetime: " << error.what() << '\n';
  return EXIT_FAILURE;
}
