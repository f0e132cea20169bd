// What EmulatorTest fails on when a test ends, with tests inside of tests.
#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <msc/testing.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/videos_client.h"

namespace msc::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A test that begins with its construction and ends with its destruction.
class Inner : public EmulatorTest {
 public:
  using EmulatorTest::AllowDiagnostics;
  using EmulatorTest::AllowUnmatchedRequests;
  using EmulatorTest::AllowUnusedFaults;
  using EmulatorTest::emulator;

  void TestBody() override {}
};

// What such a test fails with.
std::vector<std::string> FailuresOf(const std::function<void(Inner&)>& body) {
  ::testing::TestPartResultArray results;
  {
    const ::testing::ScopedFakeTestPartResultReporter reporter(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    Inner inner;
    body(inner);
  }
  std::vector<std::string> failures;
  for (int i = 0; i < results.size(); ++i) {
    failures.emplace_back(results.GetTestPartResult(i).message());
  }
  return failures;
}

void AskForATypo(Inner& test) { Call(test.emulator().Port(), "GET", "/api/Video/typo"); }

void InjectInVain(Inner& test) {
  const auto fault = test.emulator().Inject(
      {.operation = Operation::kPutBlock, .action = AnswerStatus{.status = 503}});
}

// Two diagnostics: MarkCompleteBeforeUpload, BlocksNotCommitted.
void CompleteBeforeCommitting(Inner& test) {
  const int port = test.emulator().Port();
  const auto video = CreateVideo(port);
  Call(port, "PUT", video.upload_target + "&comp=block&blockid=MDAx", "bytes");
  MarkComplete(port, video);
}

void DoAllOfThem(Inner& test) {
  AskForATypo(test);
  InjectInVain(test);
  CompleteBeforeCommitting(test);
}

const auto kTypo = HasSubstr("/api/Video/typo");
const auto kInternalError = HasSubstr("never fired");
const auto kBeforeUpload = HasSubstr("MarkCompleteBeforeUpload");
const auto kBlocks = HasSubstr("BlocksNotCommitted");

TEST(EmulatorTestFixture, PassesIfNothingWentWrong) {
  const auto failures = FailuresOf([](Inner& test) { CreateVideo(test.emulator().Port()); });

  EXPECT_THAT(failures, IsEmpty());
}

TEST(EmulatorTestFixture, FailsOnARequestThatNoRouteMatchesAndNamesTheNearest) {
  EXPECT_THAT(FailuresOf(AskForATypo),
              ElementsAre(AllOf(HasSubstr("no route matches GET /api/Video/typo"),
                                HasSubstr("the nearest is GET /api/Videos/{id}"),
                                HasSubstr("AllowUnmatchedRequests()"))));
}

TEST(EmulatorTestFixture, FailsOnAMethodThatThePathDoesNotHave) {
  const auto failures =
      FailuresOf([](Inner& test) { Call(test.emulator().Port(), "PUT", "/api/Videos"); });

  EXPECT_THAT(failures, ElementsAre(AllOf(HasSubstr("PUT /api/Videos"), HasSubstr("POST"))));
}

TEST(EmulatorTestFixture, SaysOnceWhatHappenedTwice) {
  const auto failures = FailuresOf([](Inner& test) {
    AskForATypo(test);
    AskForATypo(test);
  });

  EXPECT_THAT(failures, ElementsAre(AllOf(kTypo, HasSubstr("(2 times)"))));
}

TEST(EmulatorTestFixture, FailsOnAFaultThatNeverFiredThoughItIsGoneAgain) {
  EXPECT_THAT(FailuresOf(InjectInVain),
              ElementsAre(AllOf(HasSubstr("a fault never fired: answer 503 on PutBlock"),
                                HasSubstr("AllowUnusedFaults()"))));
}

TEST(EmulatorTestFixture, PassesWithAFaultThatFired) {
  const auto failures = FailuresOf([](Inner& test) {
    const auto fault = test.emulator().Inject({.action = AnswerStatus{.status = 503}});
    Call(test.emulator().Port(), "GET", "/api/Formats");
  });

  EXPECT_THAT(failures, IsEmpty());
}

TEST(EmulatorTestFixture, FailsOnEachDiagnosticAndNamesIt) {
  EXPECT_THAT(
      FailuresOf(CompleteBeforeCommitting),
      ElementsAre(
          AllOf(HasSubstr("MarkCompleteBeforeUpload: video "),
                HasSubstr("AllowDiagnostics(msc::DiagnosticCode::kMarkCompleteBeforeUpload)")),
          kBlocks));
}

TEST(EmulatorTestFixture, LetsUnmatchedRequestsPassWhereAllowed) {
  const auto failures = FailuresOf([](Inner& test) {
    test.AllowUnmatchedRequests();
    DoAllOfThem(test);
  });

  EXPECT_THAT(failures, ElementsAre(kInternalError, kBeforeUpload, kBlocks));
}

TEST(EmulatorTestFixture, LetsUnusedFaultsPassWhereAllowed) {
  const auto failures = FailuresOf([](Inner& test) {
    test.AllowUnusedFaults();
    DoAllOfThem(test);
  });

  EXPECT_THAT(failures, ElementsAre(kTypo, kBeforeUpload, kBlocks));
}

TEST(EmulatorTestFixture, LetsDiagnosticsPassWhereAllowed) {
  const auto failures = FailuresOf([](Inner& test) {
    test.AllowDiagnostics();
    DoAllOfThem(test);
  });

  EXPECT_THAT(failures, ElementsAre(kTypo, kInternalError));
}

TEST(EmulatorTestFixture, LetsOneDiagnosticPassByItsCode) {
  const auto failures = FailuresOf([](Inner& test) {
    test.AllowDiagnostics(DiagnosticCode::kMarkCompleteBeforeUpload);
    DoAllOfThem(test);
  });

  EXPECT_THAT(failures, ElementsAre(kTypo, kInternalError, kBlocks));
}

}  // namespace
}  // namespace msc::testing
