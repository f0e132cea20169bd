// ForEachFaultPoint: which clients it takes, and what counts as a failure of theirs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <msc/testing.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

int PortOf(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

int AskForFormats(int port) { return StatusOf(Call(port, "GET", "/api/Formats")); }

// One request that nothing is done about when it fails. Not survived: all four faults.
const std::string kNoneSurvived = "survived 0, not survived 4";

std::string Table(const SweepReport& report) { return ::testing::PrintToString(report); }

TEST(ForEachFaultPoint, ReportsAClientThatDoesNotRetry) {
  const auto report = ForEachFaultPoint(
      {}, [](const Emulator& emulator) { return AskForFormats(emulator.Port()) == 200; });

  EXPECT_FALSE(report.Passed());
  EXPECT_THAT(Table(report), AllOf(HasSubstr(kNoneSurvived), HasSubstr("it returned false"),
                                   HasSubstr("GET /api/Formats")));
}

TEST(ForEachFaultPoint, PassesAClientThatRetries) {
  const auto report = ForEachFaultPoint({}, [](const Emulator& emulator) {
    return AskForFormats(emulator.Port()) == 200 || AskForFormats(emulator.Port()) == 200;
  });

  EXPECT_TRUE(report.Passed()) << report;
}

TEST(ForEachFaultPoint, ReportsAClientThatCreatesTwoVideos) {
  const auto report = ForEachFaultPoint(TestOptions(), [](Emulator& emulator) {
    try {
      CreateVideo(emulator.Port());
    } catch (const std::runtime_error&) {
      CreateVideo(emulator.Port());
    }
  });

  EXPECT_FALSE(report.Passed());
  EXPECT_EQ(report.points[1].fault, SweepFault::kLostResponse);
  EXPECT_THAT(report.points[1].extra_effects, ElementsAre("2 videos instead of 1"));
}

TEST(ForEachFaultPoint, TakesAClientOfAUrlThatSaysWhyItFailed) {
  const auto report = ForEachFaultPoint({}, [](const std::string& url) -> std::string {
    return AskForFormats(PortOf(url)) == 200 ? "" : "no formats";
  });

  EXPECT_THAT(Table(report), AllOf(HasSubstr(kNoneSurvived), HasSubstr("no formats")));
}

TEST(ForEachFaultPoint, TakesAnExceptionForAFailure) {
  const auto report = ForEachFaultPoint({}, [](const std::string& url) {
    if (AskForFormats(PortOf(url)) != 200) throw std::runtime_error("thrown");
  });

  EXPECT_THAT(Table(report), AllOf(HasSubstr(kNoneSurvived), HasSubstr("thrown")));
}

TEST(ForEachFaultPoint, TakesAFailedAssertionForAFailureAndDoesNotFailTheTest) {
  const auto report = ForEachFaultPoint(
      {}, [](const std::string& url) { ASSERT_EQ(AskForFormats(PortOf(url)), 200) << "in words"; });

  EXPECT_THAT(Table(report), AllOf(HasSubstr(kNoneSurvived), HasSubstr("in words"),
                                   HasSubstr("fault_points_test.cpp:")));
}

TEST(ForEachFaultPoint, TakesAFailedAssertionInAThreadForAFailure) {
  const auto report = ForEachFaultPoint({}, [](const std::string& url) {
    std::thread([&url] { EXPECT_EQ(AskForFormats(PortOf(url)), 200); }).join();
  });

  EXPECT_THAT(Table(report), HasSubstr(kNoneSurvived));
}

TEST(ForEachFaultPoint, RefusesAClientThatFailsUndisturbed) {
  try {
    ForEachFaultPoint({}, [](const std::string&) { EXPECT_EQ(1, 2); });
    FAIL() << "it was swept";
  } catch (const std::runtime_error& refusal) {
    EXPECT_THAT(refusal.what(), HasSubstr("fails undisturbed"));
  }
}

}  // namespace
}  // namespace msc::testing
