// What the program prints about the requests that it serves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

// The log of a program with these flags that is asked for formats and for a path that it does not
// have.
std::string LogWith(const std::vector<std::string>& flags) {
  EmulatorProcess child(EmulatorCommand(flags));
  Call(child.port(), "GET", "/api/Formats");
  Call(child.port(), "GET", "/api/typo");
  return child.StopAndReadLog();
}

TEST(ProgramLog, HasALineForEachRequestAndASecondOneForARejection) {
  const auto log = LogWith({"--clock", "frozen=2024-06-30T12:00:00Z"});

  EXPECT_THAT(log, HasSubstr("\n2024-06-30T12:00:00.000Z GetFormats 200 "));
  EXPECT_THAT(log, ContainsRegex("Z GET /api/typo 404 0 B [0-9.]+ ms\n"
                                 "    no route matches GET /api/typo; .*; see "
                                 "http://127.0.0.1:[0-9]+/__admin/requests/2/explain\n"));
}

TEST(ProgramLog, IsSilentAboutWhatSucceededAtWarning) {
  const auto log = LogWith({"--log-level", "warning"});

  EXPECT_THAT(log, AllOf(Not(HasSubstr("GetFormats")), Not(HasSubstr("Try:")),
                         HasSubstr("no route matches GET /api/typo")));
}

TEST(ProgramLog, IsEmptyIfItIsOff) { EXPECT_EQ(LogWith({"--log-level", "off"}), ""); }

TEST(ProgramLog, IsJsonWithTheBanner) {
  std::istringstream log(LogWith({"--log-format", "json"}));

  std::vector<std::string> events;
  for (std::string line; std::getline(log, line);) {
    events.push_back(nlohmann::json::parse(line).value("event", "message"));
  }

  EXPECT_EQ(events, (std::vector<std::string>{"started", "request", "request", "message"}));
}

TEST(ProgramLog, HasNoColoursIfItIsNoTerminal) { EXPECT_THAT(LogWith({}), Not(HasSubstr("\x1B"))); }

}  // namespace
}  // namespace msc
