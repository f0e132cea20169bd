// From the Videos API to the packaged media, and how long they live.
#include "tests/e2e/media/emulator_media_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kProtectedContent = R"(,"ContentProtectionMode":"AES128")";

class MediaPlayback : public MediaTest {
 protected:
  static EmulatorOptions Options(const std::string& folder = "") {
    return {.data_directory = folder, .processing_time = 0s, .media = Media::kAuto};
  }

  CreatedVideo Playable(const std::string& more_members = "") {
    auto video = Submit(emulator_, ClipBytes(), more_members);
    EXPECT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));
    return video;
  }

  Emulator emulator_{Options()};
};

struct ManifestRow {
  const char* endpoint;
  const char* content_type;
  const char* beginning;
};

class MediaManifest : public MediaPlayback, public ::testing::WithParamInterface<ManifestRow> {};

TEST_P(MediaManifest, IsWhatThePlaybackEndpointLeadsTo) {
  const auto video = Playable();

  const auto answer =
      Call(emulator_.Port(), "GET", PlaybackTarget(emulator_, video, GetParam().endpoint));

  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_THAT(HeaderOf(answer, "Content-Type").value_or(""), StartsWith(GetParam().content_type));
  EXPECT_THAT(BodyOf(answer), StartsWith(GetParam().beginning));
}

INSTANTIATE_TEST_SUITE_P(Of, MediaManifest,
                         ::testing::Values(ManifestRow{"HLS", "application/vnd.apple.mpegurl",
                                                       "#EXTM3U\n"},
                                           ManifestRow{"DASH", "application/dash+xml", "<?xml"},
                                           ManifestRow{"Streaming", "text/xml", "<?xml"}),
                         [](const auto& row) { return std::string(row.param.endpoint); });

TEST_F(MediaPlayback, LeadsToFragmentsOfATransportStream) {
  const auto fragment = FirstFragment(emulator_, Playable());

  ASSERT_GT(fragment.size(), 188u);
  EXPECT_EQ(fragment.size() % 188, 0u);
  EXPECT_EQ(fragment[0], '\x47');
  EXPECT_EQ(fragment[188], '\x47');
}

TEST_F(MediaPlayback, EncryptsTheFragmentsOfAProtectedVideo) {
  const auto fragment = FirstFragment(emulator_, Playable(kProtectedContent));

  ASSERT_GT(fragment.size(), 188u);
  EXPECT_EQ(fragment.size() % 16, 0u);
  EXPECT_FALSE(fragment[0] == '\x47' && fragment[188] == '\x47');
}

TEST_F(MediaPlayback, SendsPartsOfTheWholeFile) {
  const auto target = PlaybackTarget(emulator_, Playable(), "Progressive");

  const auto part = Call(emulator_.Port(), "GET", target, "", "Range: bytes=4-7\r\n");

  EXPECT_EQ(StatusOf(part), 206);
  EXPECT_EQ(BodyOf(part), "ftyp");
  EXPECT_EQ(GetBody(emulator_, target).substr(4, 4), "ftyp");
}

TEST_F(MediaPlayback, HasAPosterBehindItsThumbnail) {
  const auto video = Playable();
  const auto thumbnails = GetBody(emulator_, "/api/Videos/" + video.id + "/Thumbnails");

  const auto target = TargetOf(StringMember(thumbnails, "Url").value());
  const auto answer = Call(emulator_.Port(), "GET", target);

  EXPECT_EQ(HeaderOf(answer, "Content-Type"), "image/jpeg");
  EXPECT_THAT(BodyOf(answer), StartsWith("\xFF\xD8\xFF"));
}

TEST_F(MediaPlayback, EndsWithADeletedVideo) {
  const auto video = Playable();
  const auto fragment = FragmentTarget(emulator_, video);

  ASSERT_EQ(StatusOf(Call(emulator_.Port(), "DELETE", "/api/Videos/" + video.id)), 204);

  EXPECT_EQ(StatusOf(Call(emulator_.Port(), "GET", fragment)), 404);
}

TEST_F(MediaPlayback, EndsWithAReset) {
  const auto fragment = FragmentTarget(emulator_, Playable());

  emulator_.Reset();

  EXPECT_EQ(StatusOf(Call(emulator_.Port(), "GET", fragment)), 404);
}

TEST_F(MediaPlayback, ComesBackWithASnapshot) {
  const auto video = Playable(kProtectedContent);
  const auto fragment = FirstFragment(emulator_, video);
  emulator_.Snapshot("playable");
  emulator_.Reset();

  emulator_.Restore("playable");

  EXPECT_EQ(FirstFragment(emulator_, video), fragment);
  EXPECT_EQ(emulator_.Video(video.id)->media.state, MediaInfo::State::kReady);
}

TEST_F(MediaPlayback, MovesToAnotherEmulatorWithTheState) {
  const auto video = Playable(kProtectedContent);
  emulator_.Export(folder_.File("state.tar"));
  Emulator other;

  other.Import(folder_.File("state.tar"));

  EXPECT_EQ(FirstFragment(other, video), FirstFragment(emulator_, video));
  EXPECT_EQ(other.Video(video.id)->duration, 5s);
}

TEST_F(MediaPlayback, OutlivesARestart) {
  auto first = std::make_unique<Emulator>(Options(folder_.path()));
  const auto video = Submit(*first, ClipBytes());
  ASSERT_TRUE(Reaches(*first, video, VideoState::kCompleted));
  const auto fragment = FirstFragment(*first, video);
  first.reset();

  const Emulator second({.data_directory = folder_.path()});

  EXPECT_EQ(FirstFragment(second, video), fragment);
}

TEST_F(MediaPlayback, IsPreparedAfterARestartThatCutTheWorkOff) {
  auto first = std::make_unique<Emulator>(Options(folder_.path()));
  const auto video = Submit(*first, ClipBytes());
  first.reset();

  Emulator second(Options(folder_.path()));

  ASSERT_TRUE(Reaches(second, video, VideoState::kCompleted));
  EXPECT_EQ(second.Video(video.id)->duration, 5s);
  EXPECT_EQ(FirstFragment(second, video)[0], '\x47');
}

TEST_F(MediaPlayback, IsGivenUpAfterARestartWithoutMediaWork) {
  auto first = std::make_unique<Emulator>(Options(folder_.path()));
  const auto video = Submit(*first, LongBytes());
  first.reset();

  Emulator second({.data_directory = folder_.path(), .processing_time = 0s});

  ASSERT_TRUE(Reaches(second, video, VideoState::kCompleted));
  EXPECT_EQ(second.Video(video.id)->media.state, MediaInfo::State::kNone);
}

TEST_F(MediaPlayback, IsPreparedForAnImportedVideoThatAwaitsIt) {
  Emulator busy({.processing_time = 0s, .media = Media::kAuto});
  const auto bytes = LongBytes();
  for (int i = 0; i < 4; ++i) Submit(busy, bytes);
  const auto video = Submit(busy, ClipBytes());
  busy.Export(folder_.File("working.tar"));
  for (const auto& each : busy.Videos()) busy.DeleteVideo(each.id);

  emulator_.Import(folder_.File("working.tar"));

  EXPECT_EQ(emulator_.Videos().size(), 5u);
  for (const auto& each : emulator_.Videos()) {
    if (each.id != video.id) emulator_.DeleteVideo(each.id);
  }
  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));
  EXPECT_EQ(emulator_.Video(video.id)->duration, 5s);
}

}  // namespace
}  // namespace msc
