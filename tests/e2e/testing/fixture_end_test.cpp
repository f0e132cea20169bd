// What is left of a test after its end: how it counts, and its artifact.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"

namespace msc::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Json = nlohmann::json;

class FixtureEnd : public ::testing::Test {
 protected:
  // Runs one test of fixture_subject.
  Ended Run(const std::string& test) const {
    return RunToEnd({MSC_FIXTURE_SUBJECT, "--gtest_filter=" + test,
                     "--gtest_output=json:" + folder_.path() + "/report"},
                    {"MSC_ARTIFACTS=" + artifacts_});
  }

  // What it failed with, by GoogleTest's own report.
  std::vector<std::string> Failures() const {
    const auto report = Read(folder_.path() + "/report");
    std::vector<std::string> failures;
    for (const auto& failure :
         report["testsuites"][0]["testsuite"][0].value("failures", Json::array())) {
      failures.push_back(failure["failure"]);
    }
    return failures;
  }

  Json Artifact(const std::string& name) const { return Read(artifacts_ + '/' + name); }

  std::vector<std::string> Artifacts() const {
    std::vector<std::string> names;
    if (!std::filesystem::exists(artifacts_)) return names;
    for (const auto& entry : std::filesystem::directory_iterator(artifacts_)) {
      names.push_back(entry.path().filename());
    }
    return names;
  }

  ScratchFolder folder_;
  std::string artifacts_ = folder_.path() + "/new/artifacts";

 private:
  static Json Read(const std::string& file) { return Json::parse(std::ifstream(file)); }
};

TEST_F(FixtureEnd, CountsAsTheTestsOwnFailure) {
  EXPECT_EQ(Run("FixtureSubject.FailsAtItsEnd").code, 1);
  EXPECT_THAT(Failures(),
              ElementsAre(AllOf(HasSubstr("fixture_subject.cpp:"), HasSubstr("/api/Video/typo"))));
}

TEST_F(FixtureEnd, TellsWhatWasRejectedIfTheTestHasFailedAlready) {
  EXPECT_EQ(Run("FixtureSubject.FailsByItself").code, 1);
  EXPECT_THAT(Failures(),
              ElementsAre(HasSubstr("by itself"),
                          AllOf(HasSubstr("The emulator rejected these requests:\n  GET "),
                                HasSubstr("the nearest is GET /api/Videos/{id}"),
                                Not(HasSubstr("AllowUnmatchedRequests")))));
}

TEST_F(FixtureEnd, AddsNothingToAFailureIfNothingWasRejected) {
  Run("Rows/FixtureRow.*");

  EXPECT_EQ(Failures().size(), 1u);
}

TEST_F(FixtureEnd, WritesWhyARequestWasRejected) {
  Run("FixtureSubject.FailsAtItsEnd");

  const auto requests = Artifact("FixtureSubject.FailsAtItsEnd.json")["requests"];
  EXPECT_FALSE(requests[0].contains("explanation"));
  EXPECT_EQ(requests[1]["explanation"]["because"][0], "no route matches GET /api/Video/typo");
}

TEST_F(FixtureEnd, IsSilentWhereTheTestIsSkipped) {
  EXPECT_EQ(Run("FixtureSubject.IsSkipped").code, 0);
  EXPECT_THAT(Failures(), IsEmpty());
  EXPECT_THAT(Artifacts(), IsEmpty());
}

TEST_F(FixtureEnd, WritesNoArtifactOfATestThatPasses) {
  EXPECT_EQ(Run("FixtureSubject.Passes").code, 0);
  EXPECT_THAT(Artifacts(), IsEmpty());
}

TEST_F(FixtureEnd, WritesTheJournalOfATestThatHasFailedByItself) {
  Run("FixtureSubject.FailsByItself");

  EXPECT_EQ(Artifact("FixtureSubject.FailsByItself.json")["requests"][0]["request"]["url"],
            "/api/Video/typo");
}

TEST_F(FixtureEnd, WritesRequestsVideosAndDiagnosticsWhereItFailsTheTest) {
  Run("FixtureSubject.FailsAtItsEnd");

  const auto artifact = Artifact("FixtureSubject.FailsAtItsEnd.json");
  EXPECT_EQ(artifact["test"], "FixtureSubject.FailsAtItsEnd");
  EXPECT_EQ(artifact["requests"].size(), 2U);
  EXPECT_EQ(artifact["videos"][0]["state"], "Pending");
  EXPECT_EQ(artifact["videos"][0]["id"], artifact["requests"][0]["videoId"]);
  EXPECT_EQ(artifact["diagnostics"], Json::array());
}

TEST_F(FixtureEnd, WritesTheArtifactOfARowUnderANameWithoutSlashes) {
  Run("Rows/FixtureRow.*");

  EXPECT_THAT(Artifacts(), ElementsAre("Rows_FixtureRow.Fails_0.json"));
}

TEST_F(FixtureEnd, SaysWhereItCannotWrite) {
  artifacts_ = "/dev/null/folder";
  const auto ended = Run("FixtureSubject.FailsAtItsEnd");

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, AllOf(HasSubstr("MSC_ARTIFACTS=/dev/null/folder"),
                                  HasSubstr("FixtureSubject.FailsAtItsEnd")));
}

TEST_F(FixtureEnd, WritesNothingWhereTheVariableIsEmpty) {
  artifacts_.clear();
  const auto ended = Run("FixtureSubject.FailsAtItsEnd");

  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.errors, "");
}

}  // namespace
}  // namespace msc::testing
