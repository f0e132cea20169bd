// Functions of the program that the emulator calls.
#include <gtest/gtest.h>
#include <msc/emulator.h>

#include <atomic>
#include <stdexcept>
#include <string_view>

#include "tests/e2e/guest/process_state.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

// The answer, before the emulator calls on_shutdown.
int ShutDown(const Emulator& emulator) {
  return StatusOf(
      Call(emulator.Port(), "POST", "/__admin/shutdown", "", "Content-Type: application/json\r\n"));
}

TEST(FunctionsOfTheProgram, MayThrowWhatIsNoException) {
  std::atomic<int> lines = 0;
  const Emulator emulator({.on_shutdown = [] { throw 1; },
                           .log =
                               [&](std::string_view, std::string_view) {
                                 ++lines;
                                 throw 2;
                               }});

  EXPECT_EQ(ShutDown(emulator), 200);
  EXPECT_TRUE(Eventually([&] { return lines > 0; }));

  EXPECT_EQ(StatusOf(Call(emulator.Port(), "GET", "/api/Formats")), 200);
}

TEST(FunctionsOfTheProgram, MayThrowExceptions) {
  std::atomic<int> lines = 0;
  const Emulator emulator({.on_shutdown = [] { throw std::runtime_error("not now"); },
                           .log =
                               [&](std::string_view, std::string_view) {
                                 ++lines;
                                 throw std::runtime_error("the log is full");
                               }});

  EXPECT_EQ(ShutDown(emulator), 200);
  EXPECT_TRUE(Eventually([&] { return lines > 0; }));

  EXPECT_EQ(StatusOf(Call(emulator.Port(), "GET", "/api/Formats")), 200);
}

// Of requests that a handler has rejected, and of those that no handler has seen.
TEST(FunctionsOfTheProgram, MayThrowWhenRequestsAreLogged) {
  std::atomic<int> lines = 0;
  const Emulator emulator({.log = [&](std::string_view, std::string_view) {
    ++lines;
    throw 2;
  }});

  EXPECT_EQ(StatusOf(Call(emulator.Port(), "GET", "/api/Video")), 404);
  EXPECT_EQ(StatusOf(RawClient(emulator.Port()).Ask("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")), 400);

  EXPECT_EQ(lines, 2);
  EXPECT_EQ(emulator.Requests().size(), 2U);
}

}  // namespace
}  // namespace msc
