#include "emulator/playback/hls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/playback/sample_media.h"

namespace msc::playback {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBase = "https://localhost:10010";
constexpr std::string_view kKeyId = "da3813af-55e6-48e7-aa9f-a4d6031f7b4d";

Links Relative(std::optional<std::string_view> token = {}) { return Links::Direct(kBase, token); }

Protection SampleProtection() { return {Relative().Key(kKeyId), Bytes(16, '\xD7')}; }

std::string Master(const processing::MediaDescription& media,
                   const ManifestSelection& selection = {.format = StreamFormat::kHls}) {
  return HlsMaster(media, selection, Relative());
}

processing::MediaDescription WithoutAudio() {
  auto media = SampleMedia();
  media.tracks.pop_back();
  return media;
}

processing::MediaDescription WithoutVideo() {
  auto media = SampleMedia();
  media.tracks.erase(media.tracks.begin());
  media.tracks.front().muxed = media.tracks.front().ts;
  return media;
}

TEST(HlsMaster, IsThatOfTheService) {
  EXPECT_EQ(Master(SampleMedia()), PlaybackFixtureText("master.m3u8"));
}

TEST(HlsMaster, OfVersion3IsThatOfTheService) {
  EXPECT_EQ(Master(SampleMedia(), {.format = StreamFormat::kHlsV3}),
            PlaybackFixtureText("master-v3.m3u8"));
}

TEST(HlsMaster, HasNoAudioGroupWithoutAudio) {
  const auto master = Master(WithoutAudio());

  EXPECT_THAT(master, HasSubstr("#EXT-X-STREAM-INF:BANDWIDTH=3666743,RESOLUTION=1280x720,"
                                "CODECS=\"avc1.640020\"\nQualityLevels(3579827)/"));
  EXPECT_THAT(master, Not(HasSubstr("AUDIO")));
}

TEST(HlsMaster, OfAudioAloneHasOnlyThatVariant) {
  const auto audio_only = Master(WithoutVideo(), {StreamFormat::kHls, /*has_audio_only=*/false});
  const auto v3 = Master(WithoutVideo(), {.format = StreamFormat::kHlsV3});

  EXPECT_THAT(audio_only, HasSubstr("\n#EXT-X-STREAM-INF:BANDWIDTH=139017,CODECS=\"mp4a.40.2\","
                                    "AUDIO=\"audio\"\nQualityLevels(128041)/"));
  EXPECT_THAT(audio_only, Not(HasSubstr("RESOLUTION")));
  EXPECT_THAT(v3, HasSubstr("\n#EXT-X-STREAM-INF:BANDWIDTH=139017,CODECS=\"mp4a.40.2\"\n"
                            "QualityLevels(128041)/Manifest(aac_eng_2_128041_2_1,"
                            "format=m3u8-aapl-v3)\n"));
}

TEST(HlsMaster, LeavesOutTheAudioOnlyVariantOnRequest) {
  EXPECT_THAT(Master(SampleMedia(), {StreamFormat::kHls, /*has_audio_only=*/false}),
              Not(HasSubstr("BANDWIDTH=139017")));
}

TEST(HlsMaster, OfSeveralAudioTracksChoosesTheFirst) {
  auto media = SampleMedia();
  media.tracks.push_back(media.tracks.back());
  media.tracks.back().name = "aac_fra_2_128041_3_1";
  media.tracks.back().language = "fra";

  const auto master = Master(media);

  EXPECT_THAT(master, HasSubstr("LANGUAGE=\"eng\",DEFAULT=YES,AUTOSELECT=YES"));
  EXPECT_THAT(master, HasSubstr("LANGUAGE=\"fra\",DEFAULT=NO,AUTOSELECT=YES"));
}

TEST(HlsMaster, NamesNoKeyFramesIfThereAreNone) {
  auto media = SampleMedia();
  for (auto& fragment : media.tracks.front().ts.fragments) fragment.key_frame_size = 0;

  EXPECT_THAT(Master(media), Not(HasSubstr("I-FRAME")));
}

TEST(HlsMaster, KeepsTextsInTheirQuotes) {
  auto media = SampleMedia();
  media.tracks.back().language = "e\"\n#EXT-X-KEY:";

  EXPECT_THAT(Master(media), HasSubstr("LANGUAGE=\"e#EXT-X-KEY:\","));
}

TEST(HlsPlaylist, IsThatOfTheService) {
  auto media = SampleMedia();
  auto& list = media.tracks.front().ts;
  list.fragments.resize(1);
  list.fragments.front().duration = 84'257'080;

  EXPECT_EQ(
      HlsPlaylist(media.tracks.front(), list, {.track = "video"}, SampleProtection(), Relative()),
      PlaybackFixtureText("video.m3u8"));
}

TEST(HlsPlaylist, HasNoKeyIfNotProtected) {
  const auto media = SampleMedia();
  const auto& audio = media.tracks.back();

  const auto playlist = HlsPlaylist(audio, audio.ts, {.track = "video"}, {}, Relative());

  EXPECT_THAT(playlist, Not(HasSubstr("EXT-X-KEY")));
  EXPECT_THAT(playlist, HasSubstr("#EXT-X-TARGETDURATION:7\n"));
  EXPECT_THAT(playlist, HasSubstr("#EXTINF:6.016000,no-desc\n"
                                  "Fragments(aac_eng_2_128041_2_1=60160000,format=m3u8-aapl)\n"));
  EXPECT_THAT(playlist, HasSubstr("#EXTINF:4.138667,no-desc\n"));
}

TEST(HlsPlaylist, OfVersion3NamesTheAudioTrack) {
  const auto media = SampleMedia();
  const auto& video = media.tracks.front();

  const auto playlist = HlsPlaylist(
      video, video.muxed, {.track = "video", .format = StreamFormat::kHlsV3, .audio_track = "a"},
      {}, Relative());

  EXPECT_THAT(playlist, HasSubstr("#EXT-X-VERSION:3\n"));
  EXPECT_THAT(playlist, HasSubstr("\nFragments(video=0,format=m3u8-aapl-v3,audiotrack=a)\n"));
}

TEST(HlsPlaylist, OfKeyFramesLetsEachLastUntilTheNext) {
  auto media = SampleMedia();
  auto& video = media.tracks.front();
  video.ts.fragments[1].key_frame_size = 0;

  const auto playlist = HlsPlaylist(video, video.ts, {.track = "video", .key_frames = true},
                                    SampleProtection(), Relative());

  EXPECT_THAT(playlist, HasSubstr("#EXT-X-TARGETDURATION:13\n#EXT-X-I-FRAMES-ONLY\n#EXT-X-KEY:"));
  EXPECT_THAT(playlist, HasSubstr("#EXTINF:12.012000,no-desc\n"
                                  "Fragments(video=0,format=m3u8-aapl,type=keyframes)\n"
                                  "#EXTINF:6.006000,no-desc\n"
                                  "Fragments(video=120120000,format=m3u8-aapl,type=keyframes)\n"));
}

TEST(HlsToken, IsInEveryUrl) {
  const auto media = SampleMedia();
  const auto& video = media.tracks.front();
  const auto links = Relative("urn%3amicrosoft%26=1");

  const auto master = HlsMaster(media, {.format = StreamFormat::kHls}, links);
  const auto playlist = HlsPlaylist(video, video.ts, {.track = "video"},
                                    Protection{links.Key(kKeyId), Bytes(16, '\xD7')}, links);

  EXPECT_THAT(master, HasSubstr("Manifest(video,format=m3u8-aapl)?token=urn%3amicrosoft%26=1\n"));
  EXPECT_THAT(master, HasSubstr("type=keyframes)?token=urn%3amicrosoft%26=1\"\n"));
  EXPECT_THAT(playlist, HasSubstr("a4d6031f7b4d&token=urn%3amicrosoft%26=1\",IV=0X"));
  EXPECT_THAT(playlist, HasSubstr("Fragments(video=0,format=m3u8-aapl)?token=urn%3am"));
}

TEST(HlsToken, CannotLeaveItsPlace) {
  EXPECT_EQ(TokenForUrls("a\"<'>\n$Time${bitrate}\\"),
            "a%22%3C%27%3E%0A%24Time%24%7Bbitrate%7D%5C");
  EXPECT_EQ(TokenForUrls("Bearer%3Durn%253a+x/y=="), "Bearer%3Durn%253a+x/y==");
}

TEST(VectorOfKey, IsTheBeginningOfTheDigestOfItsId) {
  // printf da3813af-55e6-48e7-aa9f-a4d6031f7b4d | sha256sum | cut -c 1-32 | tr a-f A-F
  EXPECT_EQ(UpperHexEncode(VectorOf(kKeyId)), "B44BCB9FF4DD2406AFD6A36BD8AFED92");
  EXPECT_EQ(VectorOf("DA3813AF-55E6-48E7-AA9F-A4D6031F7B4D"), VectorOf(kKeyId));
}

}  // namespace
}  // namespace msc::playback
