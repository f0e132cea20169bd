#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "emulator/videos/video_error.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

processing::MediaDescription Clip() {
  return {.duration = 4700ms, .tracks = {{.name = "video", .bitrate = 1}}};
}

// Media work is done, by the test.
class MediaOfVideos : public VideosFixture {
 protected:
  MediaOfVideos() : VideosFixture({.wants_media = [](const Video&) { return true; }}) {
    service_.Listen({.on_media_wanted = [this](const auto& id) { wanted_.push_back(id); },
                     .on_media_unwanted = [this](const auto& id) { unwanted_.push_back(id); }});
  }

  // A video with an upload that is marked complete.
  std::string MarkedVideo() {
    const auto video = Create();
    EXPECT_EQ(Upload(video.at("UploadUri"), "bytes"), 201);
    auto id = video.at("Id").get<std::string>();
    MarkComplete(id);
    return id;
  }

  Video Find(const std::string& id) { return service_.Find(id)->video; }

  std::vector<std::string> wanted_;
  std::vector<std::string> unwanted_;
};

TEST_F(MediaOfVideos, IsWantedOnceWhenAVideoIsMarkedComplete) {
  const auto id = MarkedVideo();
  MarkComplete(id);

  EXPECT_EQ(wanted_, std::vector{id});
  EXPECT_EQ(service_.AwaitingMedia(), std::vector{id});
}

TEST_F(MediaOfVideos, IsNotWantedWithoutAnUpload) {
  const auto id = CreateId();

  MarkComplete(id);
  clock_.Advance(10s);

  EXPECT_TRUE(wanted_.empty());
  EXPECT_EQ(StateOf(id), "Completed");
}

TEST_F(MediaOfVideos, HoldsTheVideoUntilItEnds) {
  const auto id = MarkedVideo();
  clock_.Advance(1h);
  EXPECT_EQ(StateOf(id), "Processing");

  ASSERT_TRUE(service_.EndMedia(id, {.media = Clip()}));

  EXPECT_EQ(StateOf(id), "Completed");
  EXPECT_EQ(Retrieve(id).at("Duration"), 5);
  EXPECT_TRUE(unwanted_.empty());
}

TEST_F(MediaOfVideos, IsFoundByTheLocator) {
  const auto id = MarkedVideo();
  const auto locator = Find(id).locator_id;
  EXPECT_EQ(service_.FindByLocator(locator)->media, nullptr);

  ASSERT_TRUE(service_.EndMedia(id, {.media = Clip()}));

  const auto found = service_.FindByLocator(locator);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->video.id, id);
  ASSERT_TRUE(found->media);
  EXPECT_EQ(*found->media, Clip());
}

TEST_F(MediaOfVideos, IsNotFoundByAnUnknownLocator) {
  EXPECT_EQ(service_.FindByLocator("ee0dfd10-4a38-469f-98dc-2c8e34de0be8").error().code,
            VideoError::kVideoNotFound);
}

TEST_F(MediaOfVideos, FailsTheVideoIfItFails) {
  const auto id = MarkedVideo();
  clock_.Advance(10s);

  ASSERT_TRUE(service_.EndMedia(id, {.failure = Step{.state = VideoState::kFailed, .code = 6}}));

  EXPECT_EQ(StateOf(id), "Failed");
}

TEST_F(MediaOfVideos, LeavesWhyThereIsNone) {
  const auto id = MarkedVideo();

  ASSERT_TRUE(service_.EndMedia(id, {.problem = "it is text"}));

  EXPECT_EQ(Find(id).media_problem, "it is text");
}

TEST_F(MediaOfVideos, IsUnwantedWhenTheVideoIsDeleted) {
  const auto id = MarkedVideo();

  ASSERT_TRUE(service_.Delete(id));

  EXPECT_EQ(unwanted_, std::vector{id});
  EXPECT_EQ(service_.EndMedia(id, {}).error().code, VideoError::kVideoNotFound);
  EXPECT_EQ(Count("container"), 0);
}

TEST_F(MediaOfVideos, IsForgottenWhenTheVideoIsOpenedAgain) {
  const auto id = MarkedVideo();
  ASSERT_TRUE(service_.EndMedia(id, {.media = Clip()}));

  ASSERT_TRUE(service_.SetState(id, VideoState::kPending));

  EXPECT_EQ(Retrieve(id).at("Duration"), 0);
  EXPECT_EQ(Count("media"), 0);
}

TEST_F(MediaOfVideos, StaysWhenACompletedVideoIsProcessedAgain) {
  const auto id = MarkedVideo();
  ASSERT_TRUE(service_.EndMedia(id, {.media = Clip()}));

  ASSERT_TRUE(service_.SetState(id, VideoState::kProcessing));

  EXPECT_EQ(wanted_.size(), 1U);
  EXPECT_EQ(Retrieve(id).at("Duration"), 5);
}

TEST_F(MediaOfVideos, IsStillDoneForAVideoThatIsSetToCompleted) {
  const auto video = Create();
  ASSERT_EQ(Upload(video.at("UploadUri"), "bytes"), 201);
  const auto id = video.at("Id").get<std::string>();

  ASSERT_TRUE(service_.SetState(id, VideoState::kCompleted));

  EXPECT_EQ(StateOf(id), "Completed");
  EXPECT_EQ(wanted_, std::vector{id});
}

TEST_F(MediaOfVideos, IsUnwantedWhenTheVideoIsSetToFailed) {
  const auto id = MarkedVideo();

  ASSERT_TRUE(service_.SetState(id, VideoState::kFailed));

  EXPECT_EQ(unwanted_, std::vector{id});
  EXPECT_TRUE(service_.AwaitingMedia().empty());
}

TEST_F(MediaOfVideos, IgnoresAResultThatNobodyAwaits) {
  const auto id = CreateId();

  const auto was_wanted = service_.EndMedia(id, {.media = Clip()});

  ASSERT_TRUE(was_wanted);
  EXPECT_FALSE(*was_wanted);
  EXPECT_EQ(Count("media"), 0);
}

}  // namespace
}  // namespace msc::videos
