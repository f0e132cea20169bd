#include "tests/unit/playback/playback_fixture.h"

namespace msc::playback {
namespace {

constexpr const char* kThirdFragment =
    "QualityLevels(3579827)/Fragments(video=120120000,format=m3u8-aapl)";

class Fragments : public PlaybackFixture {
 protected:
  std::string BodyBelow(const std::string& path, http::Headers headers = {}) {
    auto response = PlayBelow(path, std::move(headers));
    return WholeBody(response);
  }
};

TEST_F(Fragments, AreThoseOfTheirFormat) {
  EXPECT_EQ(BodyBelow(kThirdFragment), FragmentOf("video.ts", 2));
  EXPECT_EQ(BodyBelow("QualityLevels(3579827)/Fragments(video=120120000,format=m3u8-aapl-v3,"
                      "audiotrack=aac_eng_2_128041_2_1)"),
            FragmentOf("muxed.ts", 2));
  EXPECT_EQ(BodyBelow("QualityLevels(3579827)/Fragments(video=120120000,format=mpd-time-csf)"),
            FragmentOf("video.mp4", 2));
  EXPECT_EQ(BodyBelow("QualityLevels(3579827)/Fragments(video=120120000)"),
            FragmentOf("video.mp4", 2));
  EXPECT_EQ(BodyBelow("qualitylevels(128041)/fragments(AAC_eng_2_128041_2_1=0)"),
            FragmentOf("audio.mp4", 0));
}

TEST_F(Fragments, HaveTheTypeOfTheirFormat) {
  EXPECT_EQ(HeaderIn(PlayBelow(kThirdFragment), "Content-Type"), "video/mp2t");
  EXPECT_EQ(HeaderIn(PlayBelow("QualityLevels(3579827)/Fragments(video=0)"), "Content-Type"),
            "video/mp4");
  EXPECT_EQ(HeaderIn(PlayBelow("QualityLevels(128041)/"
                               "Fragments(aac_eng_2_128041_2_1=i,format=mpd-time-csf)"),
                     "Content-Type"),
            "audio/mp4");
}

TEST_F(Fragments, BeginWithTheInitializationSegment) {
  EXPECT_EQ(BodyBelow("QualityLevels(3579827)/Fragments(video=i,format=mpd-time-csf)"),
            BytesOf("video.mp4").substr(0, kHeaderSize));
}

TEST_F(Fragments, OfKeyFramesAreTheirBeginning) {
  EXPECT_EQ(
      BodyBelow(
          "QualityLevels(3579827)/Fragments(video=120120000,format=m3u8-aapl,type=keyframes)"),
      FragmentOf("video.ts", 2).substr(0, kKeyFrameSize));
}

TEST_F(Fragments, AreSentInRanges) {
  auto part = PlayBelow(kThirdFragment, {{"Range", "bytes=10-19"}});
  auto end = PlayBelow(kThirdFragment, {{"Range", "bytes=-5"}});

  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(HeaderIn(part, "Content-Range"), "bytes 10-19/162");
  EXPECT_EQ(HeaderIn(part, "Content-Length"), "10");
  EXPECT_EQ(WholeBody(part), FragmentOf("video.ts", 2).substr(10, 10));
  EXPECT_EQ(WholeBody(end), FragmentOf("video.ts", 2).substr(157));
}

TEST_F(Fragments, AreSentWholeForARangeThatHttpLetsIgnore) {
  for (const auto* range : {"bytes=5-1", "lines=0-1", "bytes=0-1,4-5", "bytes=x"}) {
    auto answer = PlayBelow(kThirdFragment, {{"Range", range}});

    EXPECT_EQ(answer.status, 200) << range;
    EXPECT_EQ(WholeBody(answer), FragmentOf("video.ts", 2));
  }
}

TEST_F(Fragments, HaveNoRangeBehindTheirEnd) {
  const auto answer = PlayBelow(kThirdFragment, {{"Range", "bytes=162-"}});

  EXPECT_EQ(answer.status, 416);
  EXPECT_EQ(HeaderIn(answer, "Content-Range"), "bytes */162");
}

TEST_F(Fragments, FollowIfRange) {
  const std::string etag(HeaderIn(PlayBelow(kThirdFragment), "ETag"));
  const std::string date(HeaderIn(PlayBelow(kThirdFragment), "Last-Modified"));
  const auto status = [&](const std::string& condition) {
    return PlayBelow(kThirdFragment, {{"Range", "bytes=0-9"}, {"If-Range", condition}}).status;
  };

  EXPECT_EQ(status(etag), 206);
  EXPECT_EQ(status(date), 206);
  EXPECT_EQ(status("W/" + etag), 200);
  EXPECT_EQ(status("\"other\""), 200);
  EXPECT_EQ(status("Mon, 23 Mar 2015 00:00:00 GMT"), 200);
}

TEST_F(Fragments, FollowConditions) {
  const auto first = PlayBelow(kThirdFragment);
  const std::string etag(HeaderIn(first, "ETag"));
  const std::string date(HeaderIn(first, "Last-Modified"));
  const auto status = [&](const char* name, const std::string& value) {
    return PlayBelow(kThirdFragment, {{name, value}}).status;
  };

  EXPECT_EQ(status("If-None-Match", "\"other\", W/" + etag), 304);
  EXPECT_EQ(status("If-None-Match", "*"), 304);
  EXPECT_EQ(status("If-None-Match", "\"other\""), 200);
  EXPECT_EQ(status("If-Match", etag), 200);
  EXPECT_EQ(status("If-Match", "\"other\""), 412);
  EXPECT_EQ(status("If-Modified-Since", date), 304);
  EXPECT_EQ(status("If-Modified-Since", "yesterday"), 200);
  EXPECT_EQ(status("If-Unmodified-Since", date), 200);
  EXPECT_EQ(status("If-Unmodified-Since", "Mon, 23 Mar 2015 00:00:00 GMT"), 412);
}

TEST_F(Fragments, HaveAnotherEtagEach) {
  EXPECT_NE(HeaderIn(PlayBelow(kThirdFragment), "ETag"),
            HeaderIn(PlayBelow(kFirstFragment), "ETag"));
}

TEST_F(Fragments, ChangeTheirEtagWithTheirBytes) {
  const std::string before(HeaderIn(PlayBelow(kThirdFragment), "ETag"));

  Store("video.ts");

  EXPECT_NE(HeaderIn(PlayBelow(kThirdFragment), "ETag"), before);
}

TEST_F(Fragments, AreDescribedToHead) {
  const auto answer = Play(Below(kThirdFragment), {}, http::Method::kHead);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(HeaderIn(answer, "Content-Length"), "162");
  EXPECT_EQ(HeaderIn(answer, "Accept-Ranges"), "bytes");
}

TEST_F(Fragments, AreMissingIfTheirBytesAre) {
  const auto container = Record().media_container();
  ASSERT_TRUE(DeleteContainer(container));

  const auto answer = PlayBelow(kThirdFragment);

  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(CodeIn(answer), "FragmentNotFound");
}

TEST_F(Fragments, AreInTheWholeFileToo) {
  const auto target = '/' + Record().locator_id + '/' + Record().file_id + ".mp4";
  auto part = Play(target, {{"Range", "bytes=100-199"}});
  auto whole = Play(target);

  EXPECT_EQ(HeaderIn(whole, "Content-Type"), "video/mp4");
  EXPECT_EQ(WholeBody(whole), BytesOf("progressive.mp4"));
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(WholeBody(part), BytesOf("progressive.mp4").substr(100, 100));
}

class EncryptedFragments : public ProtectedPlayback {};

TEST_F(EncryptedFragments, AreDecryptedWithTheKeyAndTheVector) {
  for (const auto* path :
       {kThirdFragment, "QualityLevels(3579827)/Fragments(video=120120000,format=m3u8-aapl-v3)",
        "QualityLevels(3579827)/Fragments(video=120120000,format=mpd-time-csf)",
        "QualityLevels(3579827)/Fragments(video=120120000)"}) {
    auto answer = PlayBelow(path);
    const std::string path_text = path;
    const auto* blob = path_text.find("v3") != path_text.npos     ? "muxed.ts"
                       : path_text.find("m3u8") != path_text.npos ? "video.ts"
                                                                  : "video.mp4";

    EXPECT_EQ(HeaderIn(answer, "Content-Length"), "176") << path;
    EXPECT_EQ(Decrypted(WholeBody(answer)), FragmentOf(blob, 2)) << path;
  }
}

TEST_F(EncryptedFragments, OfKeyFramesAreEncryptedForThemselves) {
  auto answer = PlayBelow(
      "QualityLevels(3579827)/Fragments(video=120120000,format=m3u8-aapl,type=keyframes)");

  EXPECT_EQ(HeaderIn(answer, "Content-Length"), "64");
  EXPECT_EQ(Decrypted(WholeBody(answer)), FragmentOf("video.ts", 2).substr(0, kKeyFrameSize));
}

TEST_F(EncryptedFragments, AreSentInRangesOfWhatIsEncrypted) {
  auto whole = PlayBelow(kThirdFragment);
  auto part = PlayBelow(kThirdFragment, {{"Range", "bytes=33-99"}});
  auto end = PlayBelow(kThirdFragment, {{"Range", "bytes=-7"}});
  const auto bytes = WholeBody(whole);

  EXPECT_EQ(HeaderIn(part, "Content-Range"), "bytes 33-99/176");
  EXPECT_EQ(WholeBody(part), bytes.substr(33, 67));
  EXPECT_EQ(WholeBody(end), bytes.substr(169));
}

TEST_F(EncryptedFragments, HaveAClearInitializationSegment) {
  auto answer = PlayBelow("QualityLevels(3579827)/Fragments(video=i,format=mpd-time-csf)");

  EXPECT_EQ(WholeBody(answer), BytesOf("video.mp4").substr(0, kHeaderSize));
}

// Shaka Player decrypts it.
TEST_F(EncryptedFragments, HaveAnEncryptedInitializationSegmentForPages) {
  auto answer = PlayBelow("QualityLevels(3579827)/Fragments(video=i,format=mpd-time-csf)",
                          {{"Sec-Fetch-Mode", "cors"}});

  EXPECT_EQ(Decrypted(WholeBody(answer)), BytesOf("video.mp4").substr(0, kHeaderSize));
}

TEST_F(EncryptedFragments, AreDescribedToHead) {
  const auto answer = Play(Below(kThirdFragment), {}, http::Method::kHead);

  EXPECT_EQ(HeaderIn(answer, "Content-Length"), "176");
  EXPECT_FALSE(answer.source);
}

TEST_F(EncryptedFragments, AreNotSentAsAClearFile) {
  const auto answer = Play('/' + Record().locator_id + '/' + Record().file_id + ".mp4");

  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(CodeIn(answer), "Protected");
}

}  // namespace
}  // namespace msc::playback
