#include <gtest/gtest.h>
#include <msc/fault_sweep.h>

#include <sstream>

namespace msc {
namespace {

std::string Text(const SweepReport& report) {
  std::ostringstream text;
  text << report;
  return text.str();
}

TEST(SweepReport, OfAClientThatSurvivesIsOneLine) {
  const SweepReport report{.requests = 1, .points = {{.request = 1}, {.request = 1}}};

  EXPECT_TRUE(report.Passed());
  EXPECT_EQ(Text(report),
            "requests 1, faults 2: survived 2, not survived 0, with more effects 0, not met 0\n");
}

TEST(SweepReport, SaysWhatTheClientDidNotSurvive) {
  const SweepReport report{.requests = 12,
                           .points = {{.request = 12,
                                       .what = "PUT /c/clip.mp4",
                                       .fault = SweepFault::kCutBody,
                                       .survived = false,
                                       .failure = "exit code 3"}}};

  EXPECT_FALSE(report.Passed());
  EXPECT_EQ(Text(report),
            "  12  cut body       PUT /c/clip.mp4\n"
            "        did not survive: exit code 3\n"
            "requests 12, faults 1: survived 0, not survived 1, with more effects 0, not met 0\n");
}

TEST(SweepReport, SaysWhatThereIsMoreOf) {
  const SweepReport report{.requests = 1,
                           .points = {{.request = 1,
                                       .what = "POST /api/Videos",
                                       .fault = SweepFault::kLostResponse,
                                       .extra_effects = {"2 videos instead of 1"}}}};

  EXPECT_FALSE(report.Passed());
  EXPECT_EQ(Text(report),
            "   1  lost response  POST /api/Videos\n"
            "        2 videos instead of 1\n"
            "requests 1, faults 1: survived 1, not survived 0, with more effects 1, not met 0\n");
}

TEST(SweepReport, CountsFaultsThatWereNotMet) {
  const SweepReport report{.requests = 1, .points = {{.request = 1, .fired = false}}};

  EXPECT_TRUE(report.Passed());
  EXPECT_EQ(Text(report),
            "requests 1, faults 1: survived 1, not survived 0, with more effects 0, not met 1\n");
}

}  // namespace
}  // namespace msc
