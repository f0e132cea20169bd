#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <msc/testing/matchers.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace msc::testing {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

using namespace std::chrono_literals;

const std::string kClip = MSC_FIXTURES "/media/clip.mp4";

template <typename Matcher, typename Value>
std::string Explained(const Matcher& matcher, const Value& value) {
  ::testing::StringMatchResultListener listener;
  ::testing::ExplainMatchResult(matcher, value, &listener);
  return listener.str();
}

template <typename Value, typename Matcher>
std::string Described(const Matcher& matcher) {
  return ::testing::DescribeMatcher<const Value&>(matcher);
}

TEST(HasState, AcceptsAVideoInThatStateAlone) {
  const VideoInfo video{.state = VideoState::kProcessing};

  EXPECT_THAT(video, HasState(VideoState::kProcessing));
  EXPECT_THAT(std::optional(video), HasState(VideoState::kProcessing));
  EXPECT_THAT(video, Not(HasState(VideoState::kCompleted)));
  EXPECT_THAT(std::optional<VideoInfo>(), Not(HasState(VideoState::kProcessing)));
}

TEST(HasState, SaysWhichStateItIs) {
  const auto matcher = HasState(VideoState::kCompleted);
  const VideoInfo failed{.state = VideoState::kFailed, .failure_reason = "no picture"};

  EXPECT_EQ(Described<VideoInfo>(matcher), "is a video that is Completed");
  EXPECT_EQ(Explained(matcher, failed), "which is Failed: no picture");
  EXPECT_EQ(Explained(matcher, std::optional<VideoInfo>()), "there is no such video");
}

TEST(Uploaded, AcceptsTheBytesOfTheFileAlone) {
  const auto digest = DigestOf(kClip);
  VideoInfo video{.uploaded_bytes = digest.bytes, .upload_sha256 = digest.sha256};
  EXPECT_THAT(video, Uploaded(kClip));
  EXPECT_THAT(std::optional(video), Uploaded(kClip));

  video.upload_sha256 = std::string(64, '0');
  EXPECT_THAT(video, Not(Uploaded(kClip)));
  EXPECT_THAT(VideoInfo(), Not(Uploaded(kClip)));
  EXPECT_THAT(std::optional<VideoInfo>(), Not(Uploaded(kClip)));
}

TEST(Uploaded, SaysSizesAndHashes) {
  const VideoInfo video{.uploaded_bytes = 3, .upload_sha256 = "abc"};

  EXPECT_THAT(Described<VideoInfo>(Uploaded(kClip)),
              AllOf(HasSubstr("clip.mp4, 141626 bytes"), HasSubstr("82c024d2ef587edc")));
  EXPECT_EQ(Explained(Uploaded(kClip), video), "whose upload has 3 bytes with SHA-256 abc");
  EXPECT_EQ(Explained(Uploaded(kClip), VideoInfo()), "to which nothing was uploaded");
}

TEST(Uploaded, RefusesAFileThatCannotBeRead) {
  try {
    Uploaded("missing.mp4");
    FAIL() << "it was read";
  } catch (const std::runtime_error& refusal) {
    EXPECT_THAT(refusal.what(),
                AllOf(HasSubstr("missing.mp4"), HasSubstr("No such file or directory")));
  }
  EXPECT_THROW(Uploaded(MSC_FIXTURES), std::runtime_error);
}

RecordedRequest Put(std::uint64_t id, const std::string& target, int status) {
  return {.id = id, .method = "PUT", .target = target, .status = status};
}

TEST(Retried, CountsRequestsWhoseLikeHasJustFailed) {
  EXPECT_THAT(std::vector({Put(1, "/a", 503), Put(2, "/b", 0), Put(3, "/a", 429), Put(4, "/b", 201),
                           Put(5, "/a", 201)}),
              Retried(3));
  EXPECT_THAT(std::vector({Put(1, "/a", 408), Put(2, "/a", 201), Put(3, "/a", 201)}), Retried(1));
  EXPECT_THAT(std::vector({Put(1, "/a", 404), Put(2, "/a", 201)}), Retried(0));
  EXPECT_THAT(std::vector({Put(1, "/a", 500), Put(2, "/b", 201)}), Not(Retried(1)));
  EXPECT_THAT(std::vector<RecordedRequest>(), Retried(0));
}

TEST(Retried, NamesTheRetriesAndWhatWasNotRetried) {
  const std::vector requests = {Put(1, "/a", 503), Put(2, "/a", 201), Put(3, "/b", 0)};

  EXPECT_EQ(Described<std::vector<RecordedRequest>>(Retried(2)),
            "has 2 retries of failed requests");
  EXPECT_EQ(Explained(Retried(2), requests),
            "which has 1 retry of failed requests: request 2, PUT /a: 201; "
            "never asked again: request 3, PUT /b: no answer");
}

RecordedRequest Poll(std::uint64_t id, const std::string& video, std::chrono::milliseconds at) {
  return {.id = id,
          .operation = Operation::kGetStatus,
          .video_id = video,
          .method = "GET",
          .target = "/" + video,
          .status = 200,
          .received_at = std::chrono::steady_clock::time_point(at)};
}

TEST(PolledNoFasterThan, JudgesEachVideoByTheMachinesTime) {
  EXPECT_THAT(std::vector({Poll(1, "a", 0s), Poll(2, "b", 1ms), Poll(3, "a", 1s)}),
              PolledNoFasterThan(1s));
  EXPECT_THAT(std::vector({Poll(1, "a", 0s), Poll(2, "a", 999ms)}), Not(PolledNoFasterThan(1s)));
  EXPECT_THAT(std::vector({Poll(1, "a", 2s), Poll(2, "a", 0s)}), PolledNoFasterThan(2s));
}

TEST(PolledNoFasterThan, DoesNotCountOtherRequests) {
  auto other = Poll(2, "a", 1ms);
  other.operation = Operation::kGetVideo;

  EXPECT_THAT(std::vector({Poll(1, "a", 0s), other, Poll(3, "a", 1s)}), PolledNoFasterThan(1s));
}

TEST(PolledNoFasterThan, NamesThePollThatCameTooSoon) {
  const std::vector requests = {Poll(1, "a", 0s), Poll(2, "a", 1s), Poll(3, "a", 1250ms)};

  EXPECT_EQ(Described<std::vector<RecordedRequest>>(PolledNoFasterThan(1s)),
            "polls no video faster than every 1000 ms");
  EXPECT_THAT(Explained(PolledNoFasterThan(1s), requests),
              AllOf(HasSubstr("request 3, GetStatus GET /a"), EndsWith("250 ms after request 2")));
}

}  // namespace
}  // namespace msc::testing
