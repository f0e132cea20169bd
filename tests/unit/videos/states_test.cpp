#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "emulator/processing/program_error.h"
#include "emulator/videos/video_error.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;
using enum VideoState;

constexpr std::string_view kId = "a6dad4be-0000-4000-8000-0123456789ab";

class StatesTest : public VideosFixture {
 protected:
  StatesTest() : VideosFixture({.processing_time = 5s}) {}

  std::string UploadUri(const std::string& id) const {
    return Retrieve(id).at("UploadUri").get<std::string>();
  }
};

// From and to.
class EveryState : public StatesTest,
                   public ::testing::WithParamInterface<std::tuple<VideoState, VideoState>> {};

TEST_P(EveryState, FollowsEveryState) {
  const auto [from, to] = GetParam();
  const auto id = CreateId();
  ASSERT_TRUE(service_.SetState(id, from));

  ASSERT_TRUE(service_.SetState(id, to));

  EXPECT_EQ(StateOf(id), Name(to));
  EXPECT_EQ(Retrieve(id).at("UploadUri").is_null(), to != kPending);
  const auto history = service_.Find(id)->history;
  EXPECT_EQ(history.size(), (from != kPending ? 1U : 0U) + (from != to ? 1U : 0U));
}

INSTANTIATE_TEST_SUITE_P(
    States, EveryState,
    ::testing::Combine(::testing::Values(kPending, kProcessing, kCompleted, kFailed),
                       ::testing::Values(kPending, kProcessing, kCompleted, kFailed)),
    [](const auto& test) {
      return std::string(Name(std::get<0>(test.param))) + "To" +
             std::string(Name(std::get<1>(test.param)));
    });

TEST_F(StatesTest, PendingAgainTakesUploadsAgain) {
  const auto id = CreateId();
  const auto uri = UploadUri(id);
  MarkComplete(id);
  ASSERT_EQ(Upload(uri, "bytes"), 403);

  ASSERT_TRUE(service_.SetState(id, kPending));

  EXPECT_EQ(UploadUri(id), uri);
  EXPECT_EQ(Upload(uri, "bytes"), 201);
}

TEST_F(StatesTest, PendingAgainMakesItsContainerAgain) {
  const auto id = CreateId();
  ASSERT_TRUE(DeleteContainer(service_.Find(id)->video.container()));

  ASSERT_TRUE(service_.SetState(id, kPending));

  EXPECT_EQ(Upload(UploadUri(id), "bytes"), 201);
}

TEST_F(StatesTest, OtherThanPendingEndsUploads) {
  for (const auto state : {kProcessing, kCompleted, kFailed}) {
    const auto id = CreateId();
    const auto uri = UploadUri(id);

    ASSERT_TRUE(service_.SetState(id, state));

    EXPECT_EQ(Upload(uri, "bytes"), 403);
  }
}

TEST_F(StatesTest, KeepInStepWithTheUploadUrlUnderManyThreads) {
  const auto id = CreateId();
  const auto uri = UploadUri(id);

  for (int round = 0; round < 200; ++round) {
    std::thread opens([&] { (void)service_.SetState(id, kPending); });
    std::thread closes([&] { (void)service_.SetState(id, kCompleted); });
    opens.join();
    closes.join();
    ASSERT_EQ(Upload(uri, "bytes"), StateOf(id) == "Pending" ? 201 : 403);
  }
}

TEST_F(StatesTest, ProcessingRunsTheProgramFromItsStart) {
  const auto id = CreateId();
  MarkComplete(id);
  clock_.Advance(4s);

  ASSERT_TRUE(service_.SetState(id, kProcessing));

  EXPECT_EQ(service_.NextChange(), clock_.Now() + 5s);
}

TEST_F(StatesTest, FailedHasItsCodeAndReason) {
  const auto id = CreateId();

  ASSERT_TRUE(service_.SetState(id, kFailed, 9, "why"));

  EXPECT_EQ(service_.Find(id)->failure_code, 9);
  EXPECT_EQ(Get(Path(id, "Status")).body, R"({"StatusCode":9,"Status":"Failed","Message":"why"})");
}

TEST_F(StatesTest, FailedNoMoreHasNoCode) {
  const auto id = CreateId();
  ASSERT_TRUE(service_.SetState(id, kFailed, 9, "why"));

  ASSERT_TRUE(service_.SetState(id, kCompleted));

  EXPECT_EQ(service_.Find(id)->failure_code, 0);
  EXPECT_EQ(service_.Find(id)->failure_reason, "");
}

TEST_F(StatesTest, RefusesACodeThatCannotBe) {
  const auto set = service_.SetState(CreateId(), kFailed, 1000);

  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, processing::ProgramError::kProgramInvalid);
}

TEST_F(StatesTest, OfNoVideoCannotBeSet) {
  EXPECT_FALSE(service_.SetState(kId, kCompleted));
  EXPECT_FALSE(service_.SetProgram(kId, Program::Hold()));
  EXPECT_FALSE(service_.State(kId));
  EXPECT_FALSE(service_.Find(kId));
}

TEST_F(StatesTest, AreFoundByIdsOfAnyCase) {
  ASSERT_TRUE(service_.Seed({.extension = "mp4", .id = std::string(kId)}, kCompleted));

  EXPECT_EQ(*service_.State("A6DAD4BE-0000-4000-8000-0123456789AB"), kCompleted);
}

TEST_F(StatesTest, AreSeededWithAnIdAndAName) {
  const auto video = service_.Seed(
      {.extension = "mp4", .original_name = "fine.mp4", .id = std::string(kId)}, kFailed, 5, "why");

  ASSERT_TRUE(video);
  EXPECT_EQ(video->id, kId);
  EXPECT_EQ(video->original_name, "fine.mp4");
  EXPECT_EQ(service_.Find(kId)->failure_reason, "why");
}

TEST_F(StatesTest, AreSeededOnceUnderAnId) {
  const NewVideo wanted = {.extension = "mp4", .is_protected = true, .id = std::string(kId)};
  ASSERT_TRUE(service_.Seed(wanted, kPending));

  const auto again = service_.Seed(wanted, kPending);

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, VideoError::kVideoExists);
  EXPECT_EQ(Count("content_key"), 1);
  EXPECT_EQ(Count("container"), 1);
  EXPECT_EQ(Count("policy"), 1);
}

TEST_F(StatesTest, AreNotSeededWhereTheyCannotBe) {
  EXPECT_FALSE(service_.Seed({.extension = "mp4", .id = "one"}, kPending));
  EXPECT_FALSE(service_.Seed({.extension = "mp4"}, kFailed, -1));
  EXPECT_TRUE(service_.List().empty());
  EXPECT_EQ(Count("container"), 0);
}

TEST_F(StatesTest, AreListedInTheOrderOfCreation) {
  const std::vector<std::string> ids = {CreateId(), CreateId(), CreateId(), CreateId()};
  std::vector<std::string> listed;

  for (const auto& details : service_.List()) listed.push_back(details.video.id);

  EXPECT_EQ(listed, ids);
}

TEST_F(StatesTest, AreFoundByAssetAndByKey) {
  const auto id = CreateId(kProtectedFile);
  const auto video = service_.Find(id)->video;

  EXPECT_EQ(service_.IdOfAsset(video.asset_id), id);
  EXPECT_EQ(service_.IdOfKey(*video.key_id), id);
  EXPECT_EQ(service_.IdOfAsset(kId), std::nullopt);
  EXPECT_EQ(service_.IdOfKey(kId), std::nullopt);
}

TEST_F(StatesTest, AreNotFoundByAssetAndByKeyOnceDeleted) {
  const auto id = CreateId(kProtectedFile);
  const auto video = service_.Find(id)->video;
  ASSERT_EQ(service_.IdOfAsset(video.asset_id), id);
  ASSERT_EQ(service_.IdOfKey(*video.key_id), id);

  ASSERT_TRUE(service_.Delete(id));

  EXPECT_EQ(service_.IdOfAsset(video.asset_id), std::nullopt);
  EXPECT_EQ(service_.IdOfKey(*video.key_id), std::nullopt);
  EXPECT_FALSE(service_.IsInputEncrypted(id));
}

TEST_F(StatesTest, SayWhetherTheUploadIsEncrypted) {
  const auto plain = service_.Seed({.extension = "mp4"}, kPending);
  const auto encrypted = service_.Seed({.extension = "mp4", .is_input_encrypted = true}, kPending);

  EXPECT_FALSE(*service_.IsInputEncrypted(plain->id));
  EXPECT_TRUE(*service_.IsInputEncrypted(encrypted->id));
}

TEST_F(StatesTest, AreGoneWithAllTheyHadAfterAClear) {
  CreateId(kProtectedFile);
  MarkComplete(CreateId());
  ASSERT_TRUE(service_.SetDefaultProgram(Program::Hold()));

  service_.Clear();

  EXPECT_TRUE(service_.List().empty());
  EXPECT_EQ(service_.NextChange(), std::nullopt);
  EXPECT_EQ(service_.DefaultProgram(), std::nullopt);
  EXPECT_EQ(Count("content_key"), 0);
  EXPECT_EQ(Count("container"), 0);
}

TEST_F(StatesTest, ShowTheEntityThatClientsGet) {
  const auto id = CreateId();
  const http::Request request{.scheme = scheme_, .authority = authority_};
  const auto video = service_.Find(id)->video;

  EXPECT_EQ(service_.EntityJson(video, request), Get(Path(id)).body);
  EXPECT_TRUE(UploadUri(id).ends_with('?' + service_.UploadQuery(video)));
}

}  // namespace
}  // namespace msc::videos
