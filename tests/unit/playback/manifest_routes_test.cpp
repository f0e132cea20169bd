#include "tests/unit/playback/playback_fixture.h"

namespace msc::playback {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ManifestRoutes : public PlaybackFixture {};

TEST_F(ManifestRoutes, ServeEachFormatWithItsType) {
  const auto smooth = PlayBelow("Manifest");
  const auto hls = PlayBelow("Manifest(format=m3u8-aapl)");
  const auto v3 = PlayBelow("Manifest(format=m3u8-aapl-v3)");
  const auto dash = PlayBelow("Manifest(format=mpd-time-csf)");

  EXPECT_EQ(smooth.body, PlaybackFixtureText("manifest.xml"));
  EXPECT_EQ(HeaderIn(smooth, "Content-Type"), "text/xml");
  EXPECT_EQ(hls.body, PlaybackFixtureText("master.m3u8"));
  EXPECT_EQ(HeaderIn(hls, "Content-Type"), "application/vnd.apple.mpegurl");
  EXPECT_EQ(v3.body, PlaybackFixtureText("master-v3.m3u8"));
  EXPECT_EQ(dash.body, PlaybackFixtureText("manifest.mpd"));
  EXPECT_EQ(HeaderIn(dash, "Content-Type"), "application/dash+xml");
}

TEST_F(ManifestRoutes, HaveNoRegardToCaseOrEncoding) {
  const auto wanted = PlaybackFixtureText("master.m3u8");

  EXPECT_EQ(PlayBelow("manifest(FORMAT=M3U8-AAPL)").body, wanted);
  EXPECT_EQ(PlayBelow("Manifest%28format%3Dm3u8-aapl%29").body, wanted);
  EXPECT_EQ(
      Play('/' + Record().locator_id + '/' + Record().file_id + ".ISM/Manifest(format=m3u8-aapl)")
          .body,
      wanted);
}

TEST_F(ManifestRoutes, ServePlaylists) {
  const auto playlist = PlayBelow(kVideoPlaylist);
  const auto audio =
      PlayBelow("QualityLevels(128041)/Manifest(AAC_eng_2_128041_2_1,format=m3u8-aapl)");
  const auto v3 = PlayBelow(
      "QualityLevels(3579827)/Manifest(video,format=m3u8-aapl-v3,audiotrack=aac_eng_2_128041_2_1)");

  EXPECT_THAT(playlist.body, StartsWith("#EXTM3U\n#EXT-X-VERSION:4\n"));
  EXPECT_THAT(playlist.body, Not(HasSubstr("EXT-X-KEY")));
  EXPECT_THAT(audio.body, HasSubstr("\nFragments(aac_eng_2_128041_2_1=0,format=m3u8-aapl)\n"));
  EXPECT_THAT(v3.body, HasSubstr("(video=0,format=m3u8-aapl-v3,audiotrack=aac_eng_2_128041_2_1)"));
}

TEST_F(ManifestRoutes, AreNotSentAgainIfTheClientHasThem) {
  const std::string etag(HeaderIn(PlayBelow("Manifest"), "ETag"));

  const auto again = PlayBelow("Manifest", {{"If-None-Match", etag}});
  const auto other = PlayBelow("Manifest", {{"If-Match", "\"other\""}});

  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(HeaderIn(again, "ETag"), etag);
  EXPECT_EQ(other.status, 412);
}

TEST_F(ManifestRoutes, AreForPagesOfAnyOrigin) {
  const auto answer = PlayBelow("Manifest", {{"Origin", "https://player.example"}});
  const auto error = PlayBelow("Manifest(x)", {{"Origin", "https://player.example"}});

  EXPECT_EQ(HeaderIn(answer, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(HeaderIn(error, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(HeaderIn(answer, "Cache-Control"), "no-cache");
}

TEST_F(ManifestRoutes, AnswerPreflightsLikeKeyDelivery) {
  const auto answer = Play(Below(kFirstFragment),
                           {{"Origin", "https://player.example"},
                            {"Access-Control-Request-Method", "GET"},
                            {"Access-Control-Request-Headers", "range, x-player"}},
                           http::Method::kOptions);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(HeaderIn(answer, "Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(HeaderIn(answer, "Access-Control-Allow-Headers"), "range, x-player");
  EXPECT_EQ(HeaderIn(answer, "Access-Control-Max-Age"), "1800");
}

struct WrongPath {
  const char* name;
  const char* path;  // Below the presentation.
  int status;
  const char* code;
};

void PrintTo(const WrongPath& row, std::ostream* out) { *out << row.name; }

class WrongPaths : public PlaybackFixture, public ::testing::WithParamInterface<WrongPath> {};

TEST_P(WrongPaths, AreAnsweredWithAReason) {
  const auto answer = PlayBelow(GetParam().path);

  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(CodeIn(answer), GetParam().code);
  ASSERT_TRUE(answer.error);
  EXPECT_NE(answer.error->message, "");
}

INSTANTIATE_TEST_SUITE_P(
    Paths, WrongPaths,
    ::testing::Values(
        WrongPath{"Format", "Manifest(format=f4m-f4f)", 404, "FormatUnknown"},
        WrongPath{"EmptySelection", "Manifest(,)", 400, "AddressMalformed"},
        WrongPath{"NotUtf8", "Manifest(%FF)", 400, "AddressMalformed"},
        WrongPath{"Track", "QualityLevels(3579827)/Manifest(vidoe,format=m3u8-aapl)", 404,
                  "TrackNotFound"},
        WrongPath{"Bitrate", "QualityLevels(1)/Manifest(video,format=m3u8-aapl)", 404,
                  "TrackNotFound"},
        WrongPath{"BitrateIsNone", "QualityLevels(x)/Manifest(video,format=m3u8-aapl)", 400,
                  "AddressMalformed"},
        WrongPath{"Time", "QualityLevels(3579827)/Fragments(video=1,format=m3u8-aapl)", 404,
                  "FragmentNotFound"},
        WrongPath{"TimeAfterTheEnd",
                  "QualityLevels(3579827)/Fragments(video=9999999999,format=m3u8-aapl)", 404,
                  "FragmentNotFound"},
        WrongPath{"NoInitializationOfHls",
                  "QualityLevels(3579827)/Fragments(video=i,format=m3u8-aapl)", 404,
                  "FragmentNotFound"},
        WrongPath{"NoKeyFrameOfAudio",
                  "QualityLevels(128041)/"
                  "Fragments(aac_eng_2_128041_2_1=0,format=m3u8-aapl,type=keyframes)",
                  404, "FragmentNotFound"},
        WrongPath{"AudioAloneInVersion3",
                  "QualityLevels(128041)/Manifest(aac_eng_2_128041_2_1,format=m3u8-aapl-v3)", 404,
                  "TrackNotFound"},
        WrongPath{"OtherAudioTrack",
                  "QualityLevels(3579827)/Manifest(video,format=m3u8-aapl-v3,audiotrack=x)", 404,
                  "TrackNotFound"},
        WrongPath{"NoRoute", "Manifesto", 404, "NotFound"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(ManifestRoutes, KnowOnlyTheVideosOwnFile) {
  const auto other_file =
      Play('/' + Record().locator_id + "/11111111-2222-3333-4444-555555555555.ism/Manifest");
  const auto other_locator =
      Play("/11111111-2222-3333-4444-555555555555/" + Record().file_id + ".ism/Manifest");

  EXPECT_EQ(CodeIn(other_file), "PresentationNotFound");
  EXPECT_EQ(CodeIn(other_locator), "PresentationNotFound");
}

TEST_F(ManifestRoutes, AreMissingUntilTheVideoIsCompleted) {
  const auto target = Below("Manifest");
  ASSERT_TRUE(service_.SetState(id_, VideoState::kFailed));

  const auto answer = Play(target);

  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(CodeIn(answer), "VideoNotCompleted");
  EXPECT_TRUE(answer.error->fact<StateConflict>());
}

TEST_F(ManifestRoutes, SayThatFfmpegIsMissingIfNothingWasPackaged) {
  ASSERT_TRUE(service_.SetState(id_, VideoState::kPending));
  Finish(std::nullopt);

  const auto answer = PlayBelow("Manifest");

  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("ffmpeg and --media"));
}

TEST_F(ManifestRoutes, PassTheTokenOn) {
  EXPECT_THAT(PlayBelow("Manifest(format=m3u8-aapl)?x=1&token=a%3db").body,
              HasSubstr("Manifest(video,format=m3u8-aapl)?token=a%3db\n"));
  EXPECT_THAT(PlayBelow("Manifest(format=m3u8-aapl)?token=%22%0A\"<").body,
              HasSubstr("format=m3u8-aapl)?token=%22%0A%22%3C\n"));
}

TEST(PlaybackPaths, BeginWithAGuidOrAreAProxys) {
  EXPECT_TRUE(PlaybackService::Serves("/DA3813AF-55e6-48e7-aa9f-a4d6031f7b4d/x.ism/Manifest"));
  EXPECT_TRUE(PlaybackService::Serves("/api/imageproxy"));
  EXPECT_TRUE(PlaybackService::Serves("/API/ManifestProxy/"));
  for (const auto* path : {"/", "", "/api", "/api/Videos", "/da3813af/x.ism/Manifest", "/%FF"}) {
    EXPECT_FALSE(PlaybackService::Serves(path)) << path;
  }
}

class ProtectedManifests : public ProtectedPlayback {
 protected:
  std::string KeyUrl() { return "http://127.0.0.1:10010/keydelivery?kid=" + *Record().key_id; }
  std::string Vector() { return UpperHexEncode(VectorOf(*Record().key_id)); }
};

TEST_F(ProtectedManifests, NameTheKeyAndTheVector) {
  EXPECT_THAT(PlayBelow(kVideoPlaylist).body, HasSubstr("#EXT-X-KEY:METHOD=AES-128,URI=\"" +
                                                        KeyUrl() + "\",IV=0X" + Vector() + '\n'));
  for (const auto* path : {"Manifest", "Manifest(format=mpd-time-csf)"}) {
    EXPECT_THAT(PlayBelow(path).body, HasSubstr("<sea:CryptoPeriod IV=\"0x" + Vector() +
                                                "\" keyUriTemplate=\"" + KeyUrl() + "\"/>"));
  }
}

// Chromium's own player takes no other form.
TEST_F(ProtectedManifests, NameTheVectorAfterASmallXForPages) {
  const auto answer = PlayBelow(kVideoPlaylist, {{"Sec-Fetch-Mode", "no-cors"}});

  EXPECT_THAT(answer.body, HasSubstr("\",IV=0x" + Vector() + '\n'));
}

TEST_F(ProtectedManifests, NameTheKeyByTheSchemeOfTheRequest) {
  scheme_ = "https";
  authority_ = "player.example";

  EXPECT_THAT(
      PlayBelow(kVideoPlaylist + std::string("?token=t")).body,
      HasSubstr("URI=\"https://player.example/keydelivery?kid=" + *Record().key_id + "&token=t\""));
}

TEST_F(ProtectedManifests, NameAnotherVectorIfAFaultWantsThat) {
  for (const auto* path : {kVideoPlaylist, "Manifest", "Manifest(format=mpd-time-csf)"}) {
    http::HandlerFault fault{.kind = http::HandlerFault::Kind::kWrongVector};

    const auto answer = Play(Below(path), {}, http::Method::kGet, &fault);

    EXPECT_TRUE(fault.has_fired) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr(Vector())));
  }
}

TEST_F(ProtectedManifests, DoNotFireTheFaultWhereNoVectorIsNamed) {
  http::HandlerFault fault{.kind = http::HandlerFault::Kind::kWrongVector};

  (void)Play(Below("Manifest(format=m3u8-aapl)"), {}, http::Method::kGet, &fault);

  EXPECT_FALSE(fault.has_fired);
}

class ExternalPlayback : public PlaybackFixture {
 protected:
  ExternalPlayback()
      : PlaybackFixture(videos::kProtectedFile, {.external_url = "https://media.example"}) {}
};

TEST_F(ExternalPlayback, NamesTheKeyAtTheExternalUrl) {
  EXPECT_THAT(PlayBelow(kVideoPlaylist).body,
              HasSubstr("URI=\"https://media.example/keydelivery?kid="));
}

}  // namespace
}  // namespace msc::playback
