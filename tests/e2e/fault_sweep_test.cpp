// msc::SweepFaults, with clients that ask over real connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <msc/fault_sweep.h>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// How often a client tries.
constexpr int kOnce = 1;
constexpr int kTwice = 2;

// The answer with `status`; throws where no try gets one.
std::string Ask(const Emulator& emulator, int tries, int status, const std::string& method,
                const std::string& target, const std::string& body = "",
                const std::string& headers = "") {
  for (int i = 0; i < tries; ++i) {
    auto answer = Call(emulator.Port(), method, target, body, headers);
    if (StatusOf(answer) == status) return answer;
  }
  throw std::runtime_error(method + " failed");
}

std::string Create(const Emulator& emulator, int tries) {
  return Ask(emulator, tries, 200, "POST", "/api/Videos", R"({"OriginalFileName":"clip.mp4"})");
}

std::string CreatesOnce(const Emulator& emulator) {
  Create(emulator, kOnce);
  return "";
}

std::string CreatesTwice(const Emulator& emulator) {
  Create(emulator, kTwice);
  return "";
}

std::string Uploads(const Emulator& emulator) {
  const auto target = TargetOf(*StringMember(BodyOf(Create(emulator, kTwice)), "UploadUri"));
  Ask(emulator, kTwice, 201, "PUT", target, "bytes", "x-ms-blob-type: BlockBlob\r\n");
  return "";
}

std::string Reads(const Emulator& emulator) {
  Ask(emulator, kTwice, 200, "GET", "/api/Formats");
  return "";
}

std::vector<SweepFault> Faults(const SweepReport& report) {
  std::vector<SweepFault> faults;
  for (const auto& point : report.points) faults.push_back(point.fault);
  return faults;
}

TEST(FaultSweep, DisturbsEveryRequestInEveryWay) {
  const auto report = SweepFaults({}, CreatesOnce);

  EXPECT_EQ(report.requests, 1);
  EXPECT_THAT(Faults(report), ElementsAre(SweepFault::kLostRequest, SweepFault::kLostResponse,
                                          SweepFault::kCutBody, SweepFault::kBusy));
}

TEST(FaultSweep, FindsThatAClientDoesNotRetry) {
  const auto report = SweepFaults({}, CreatesOnce);

  EXPECT_FALSE(report.Passed());
  for (const auto& point : report.points) {
    EXPECT_TRUE(point.fired);
    EXPECT_FALSE(point.survived);
    EXPECT_EQ(point.failure, "POST failed");
    EXPECT_EQ(point.what, "CreateVideo POST /api/Videos");
  }
}

TEST(FaultSweep, PassesAClientThatRetriesWhatMayBeRepeated) {
  const auto report = SweepFaults({}, Reads);

  EXPECT_TRUE(report.Passed());
  EXPECT_TRUE(std::all_of(report.points.begin(), report.points.end(),
                          [](const auto& point) { return point.fired; }));
}

TEST(FaultSweep, FindsTheSecondVideoOfACreationWhoseAnswerWasLost) {
  const auto report = SweepFaults({}, CreatesTwice);

  EXPECT_FALSE(report.Passed());
  for (const auto& point : report.points) {
    EXPECT_TRUE(point.survived);
    if (point.fault == SweepFault::kLostResponse) {
      EXPECT_THAT(point.extra_effects, ElementsAre("2 videos instead of 1"));
    } else {
      EXPECT_THAT(point.extra_effects, IsEmpty());
    }
  }
}

TEST(FaultSweep, TakesARepeatedPutForNoDamage) {
  const auto report = SweepFaults({}, Uploads);

  ASSERT_EQ(report.points.size(), 8U);
  EXPECT_TRUE(report.points[5].survived);
  EXPECT_THAT(report.points[5].extra_effects, IsEmpty());
}

// Uploads other bytes at the second try.
std::string UploadsOtherBytes(const Emulator& emulator) {
  const auto target = TargetOf(*StringMember(BodyOf(Create(emulator, kTwice)), "UploadUri"));
  for (const char* const bytes : {"first", "second"}) {
    const auto answer =
        Call(emulator.Port(), "PUT", target, bytes, "x-ms-blob-type: BlockBlob\r\n");
    if (StatusOf(answer) == 201) return "";
  }
  return "PUT failed";
}

TEST(FaultSweep, FindsABlobThatIsCommittedAgainWithOtherBytes) {
  const auto report = SweepFaults({}, UploadsOtherBytes);

  ASSERT_EQ(report.points.size(), 8U);
  const auto& lost_answer = report.points[5];
  EXPECT_EQ(lost_answer.request, 2);
  EXPECT_TRUE(lost_answer.survived);
  EXPECT_THAT(lost_answer.extra_effects,
              ElementsAre(EndsWith(".mp4 was committed 2 times instead of 1")));
}

// The point at which `fault` disturbs the request with that number.
const FaultPoint& PointOf(const SweepReport& report, int request, SweepFault fault) {
  const auto point = std::find_if(
      report.points.begin(), report.points.end(),
      [&](const FaultPoint& each) { return each.request == request && each.fault == fault; });
  if (point == report.points.end()) throw std::out_of_range("no such point");
  return *point;
}

std::string Appends(const Emulator& emulator) {
  const auto target = TargetOf(*StringMember(BodyOf(Create(emulator, kTwice)), "UploadUri"));
  Ask(emulator, kTwice, 201, "PUT", target, "", "x-ms-blob-type: AppendBlob\r\n");
  Ask(emulator, kTwice, 201, "PUT", target + "&comp=appendblock", "bytes");
  return "";
}

std::string WritesPages(const Emulator& emulator) {
  const auto target = TargetOf(*StringMember(BodyOf(Create(emulator, kTwice)), "UploadUri"));
  Ask(emulator, kTwice, 201, "PUT", target, "",
      "x-ms-blob-type: PageBlob\r\nx-ms-blob-content-length: 1024\r\n");
  for (const char* const range : {"0-511", "512-1023"}) {
    Ask(emulator, kTwice, 201, "PUT", target + "&comp=page", std::string(512, 'x'),
        std::string("x-ms-page-write: update\r\nx-ms-range: bytes=") + range + "\r\n");
  }
  return "";
}

TEST(FaultSweep, FindsABlockThatIsAppendedTwice) {
  const auto report = SweepFaults({}, Appends);

  EXPECT_THAT(PointOf(report, 3, SweepFault::kLostResponse).extra_effects,
              ElementsAre(EndsWith(".mp4 was committed 3 times instead of 2")));
}

TEST(FaultSweep, TakesPagesThatAreWrittenTwiceForNoDamage) {
  const auto report = SweepFaults({}, WritesPages);

  for (const int request : {3, 4}) {
    EXPECT_THAT(PointOf(report, request, SweepFault::kLostResponse).extra_effects, IsEmpty());
  }
}

TEST(FaultSweep, LeavesOutTheOperationsThatAreIgnored) {
  const auto report = SweepFaults({}, Uploads, nullptr, {Operation::kCreateVideo});

  EXPECT_EQ(report.requests, 2);
  EXPECT_EQ(report.points.size(), 4U);
  EXPECT_EQ(report.points.front().request, 2);
  EXPECT_TRUE(report.Passed());
}

TEST(FaultSweep, BlamesNoUploadForTheVideoThatIsOneTooMany) {
  const auto report = SweepFaults({.random_seed = 7}, Uploads);

  EXPECT_THAT(report.points[1].extra_effects, ElementsAre("2 videos instead of 1"));
}

TEST(FaultSweep, CutsNoBodyWhereThereIsNone) {
  const auto report = SweepFaults({}, [](const Emulator& emulator) {
    Ask(emulator, kTwice, 404, "DELETE", "/api/Videos/7ac1a3b3-0000-4000-8000-000000000000");
    return "";
  });

  EXPECT_THAT(Faults(report),
              ElementsAre(SweepFault::kLostRequest, SweepFault::kLostResponse, SweepFault::kBusy));
}

TEST(FaultSweep, SaysWhereTheClientDidNotMeetTheFault) {
  bool first = true;
  const auto report = SweepFaults({}, [&first](const Emulator& emulator) {
    return std::exchange(first, false) ? Reads(emulator) : "";
  });

  EXPECT_TRUE(report.Passed());
  EXPECT_THAT(report.points, Each(Field(&FaultPoint::fired, false)));
}

TEST(FaultSweep, TellsEachPointWhenItIsDone) {
  std::vector<SweepFault> told;
  const auto report = SweepFaults({}, Reads, [&told](const FaultPoint& point, int total) {
    told.push_back(point.fault);
    EXPECT_EQ(total, 4);
  });

  EXPECT_EQ(told, Faults(report));
}

TEST(FaultSweep, GivesEachRunAPortOfItsOwn) {
  const Emulator other;

  EXPECT_TRUE(SweepFaults({.port = other.Port()}, Reads).Passed());
}

// What SweepFaults throws.
std::string Refusal(const std::function<std::string(Emulator&)>& client) {
  try {
    SweepFaults({}, client);
  } catch (const std::runtime_error& refusal) {
    return refusal.what();
  }
  return "";
}

TEST(FaultSweep, RefusesAClientThatFailsUndisturbed) {
  EXPECT_THAT(Refusal([](const Emulator&) { return "out of order"; }),
              AllOf(HasSubstr("undisturbed"), HasSubstr("out of order")));
  EXPECT_THAT(Refusal([](const Emulator&) -> std::string { throw std::logic_error("thrown"); }),
              AllOf(HasSubstr("undisturbed"), HasSubstr("thrown")));
}

TEST(FaultSweep, RefusesAClientThatAsksForNothing) {
  EXPECT_THAT(Refusal([](const Emulator&) { return ""; }), HasSubstr("no request"));
}

}  // namespace
}  // namespace msc
