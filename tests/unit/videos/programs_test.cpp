#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

#include "emulator/processing/program_error.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;
using enum VideoState;

const Step kFail = {.state = kFailed, .code = 7, .reason = "bad codec"};

class ProgramsTest : public VideosFixture {
 protected:
  ProgramsTest() : VideosFixture({.processing_time = 5s}) {}

  std::string CreateMarked() const {
    auto id = CreateId();
    MarkComplete(id);
    return id;
  }
};

TEST_F(ProgramsTest, OfAPendingVideoStartAtMarkComplete) {
  const auto id = CreateId();
  ASSERT_TRUE(service_.SetProgram(id, Program::AfterTime(1s)));
  clock_.Advance(1h);
  EXPECT_EQ(StateOf(id), "Pending");

  MarkComplete(id);
  EXPECT_EQ(StateOf(id), "Processing");

  clock_.Advance(1s);
  EXPECT_EQ(StateOf(id), "Completed");
}

TEST_F(ProgramsTest, OfAProcessingVideoStartNow) {
  const auto id = CreateMarked();
  clock_.Advance(4s);

  ASSERT_TRUE(service_.SetProgram(id, {{{.duration = 2s}, kFail}}));

  clock_.Advance(1999ms);
  EXPECT_EQ(StateOf(id), "Processing");
  clock_.Advance(1ms);
  EXPECT_EQ(StateOf(id), "Failed");
}

TEST_F(ProgramsTest, OfAnEndedVideoAreRefusedBeforeItsEndIsWritten) {
  const auto id = CreateMarked();
  clock_.Advance(5s);

  const auto set = service_.SetProgram(id, Program::Hold());

  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, processing::ProgramError::kVideoEnded);
  EXPECT_EQ(StateOf(id), "Completed");
}

TEST_F(ProgramsTest, AreChecked) {
  const auto set = service_.SetProgram(CreateId(), Program::AfterPolls(0));

  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, processing::ProgramError::kProgramInvalid);
  EXPECT_FALSE(service_.SetDefaultProgram(Program{}));
  EXPECT_EQ(service_.DefaultProgram(), std::nullopt);
}

TEST_F(ProgramsTest, OfTheDefaultCountForVideosMarkedCompleteFromThenOn) {
  const auto before = CreateMarked();
  const auto after = CreateId();

  ASSERT_TRUE(service_.SetDefaultProgram(Program::Immediate()));
  MarkComplete(after);

  EXPECT_EQ(StateOf(before), "Processing");
  EXPECT_EQ(StateOf(after), "Completed");
}

TEST_F(ProgramsTest, OfTheDefaultGiveWayToTheProcessingTimeAgain) {
  ASSERT_TRUE(service_.SetDefaultProgram(Program::Hold()));
  ASSERT_TRUE(service_.SetDefaultProgram(std::nullopt));

  const auto id = CreateMarked();

  EXPECT_EQ(service_.NextChange(), clock_.Now() + 5s);
  EXPECT_EQ(*service_.State(id), kProcessing);
}

TEST_F(ProgramsTest, OfPollsLetThatManyStatusRequestsSeeAStep) {
  ASSERT_TRUE(service_.SetDefaultProgram({{{{.polls = 2}, kFail}}}));
  const auto id = CreateMarked();

  EXPECT_EQ(StateOf(id), "Processing");
  EXPECT_EQ(StateOf(id), "Processing");
  EXPECT_EQ(StateOf(id), "Failed");
}

TEST_F(ProgramsTest, CountNothingButStatusRequests) {
  ASSERT_TRUE(service_.SetDefaultProgram(Program::AfterPolls(1)));
  const auto id = CreateMarked();

  Retrieve(id);
  Get(Path(id, "PlaybackEndpoint"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(*service_.State(id), kProcessing);

  EXPECT_EQ(StateOf(id), "Processing");
}

TEST_F(ProgramsTest, TellTheCodeAndTheReasonOfAFailure) {
  ASSERT_TRUE(service_.SetDefaultProgram({{{kFail}}}));

  EXPECT_EQ(Get(Path(CreateMarked(), "Status")).body,
            R"({"StatusCode":7,"Status":"Failed","Message":"bad codec"})");
}

TEST_F(ProgramsTest, FailInTheServicesWordsWhereTheyGiveNone) {
  ASSERT_TRUE(service_.SetDefaultProgram({{{{.state = kFailed}}}}));

  EXPECT_EQ(Get(Path(CreateMarked(), "Status")).body,
            R"({"StatusCode":4,"Status":"Failed","Message":"Video could not be processed."})");
}

TEST_F(ProgramsTest, GoOnWhereTheyWereAfterARestart) {
  const auto start = [&] {
    return std::make_unique<VideoService>(VideoServiceOptions(), database_, clock_, random_, blobs_,
                                          keys_, Silent());
  };
  auto service = start();
  const auto id = service->Seed({.extension = "mp4"}, kProcessing)->id;
  ASSERT_TRUE(service->SetProgram(id, {{{.duration = 3s}, {.polls = 1}, kFail}}));
  clock_.Advance(1s);

  service.reset();
  service = start();

  EXPECT_EQ(service->NextChange(), clock_.Now() + 2s);
  clock_.Advance(2s);
  EXPECT_TRUE(service->FireDue().empty());
  EXPECT_EQ(service->Find(id)->video.progress.rest, std::vector{kFail});
}

TEST_F(ProgramsTest, ShowManyClientsOneOrderOfStates) {
  constexpr int kPolls = 100;
  ASSERT_TRUE(service_.SetDefaultProgram(Program::AfterPolls(kPolls)));
  const auto id = CreateMarked();
  std::atomic<int> processing = 0;
  std::atomic<bool> went_back = false;
  std::vector<std::thread> clients(64);

  for (auto& client : clients) {
    client = std::thread([&] {
      while (processing <= kPolls && StateOf(id) == "Processing") ++processing;
      if (StateOf(id) != "Completed") went_back = true;
    });
  }
  for (auto& client : clients) client.join();

  EXPECT_EQ(processing, kPolls);
  EXPECT_FALSE(went_back);
}

}  // namespace
}  // namespace msc::videos
