#include "emulator/processing/media/media_facts.h"

#include <gtest/gtest.h>

#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

constexpr std::string_view kRotatedVideo = R"({"streams":[
  {"index":0,"codec_name":"mp3","codec_type":"audio","sample_rate":"44100","channels":2,
   "id":"0x2","nb_frames":"863","tags":{"language":"eng"}},
  {"index":1,"codec_name":"h264","profile":"High","codec_type":"video","width":320,"height":180,
   "sample_aspect_ratio":"4:3","pix_fmt":"yuv420p","side_data_list":[{},{"rotation":-90}]},
  {"index":2,"codec_name":"mjpeg","codec_type":"video","disposition":{"attached_pic":1}},
  {"index":3,"codec_type":"video"},
  {"index":4,"codec_name":"mov_text","codec_type":"subtitle"}],
  "format":{"duration":"20.500000"}})";

TEST(MediaFacts, AreThoseOfVideoAndAudio) {
  const auto facts = ParseFacts(kRotatedVideo);

  ASSERT_TRUE(facts && facts->streams.size() == 2);
  EXPECT_DOUBLE_EQ(facts->seconds, 20.5);
  EXPECT_EQ(facts->streams[0], (StreamFacts{.kind = TrackKind::kAudio,
                                            .index = 0,
                                            .id = 2,
                                            .codec = "mp3",
                                            .frames = 863,
                                            .language = "eng",
                                            .channels = 2,
                                            .sampling_rate = 44100}));
  EXPECT_EQ(facts->streams[1].rotation, -90);
  EXPECT_DOUBLE_EQ(facts->streams[1].pixel_aspect, 4.0 / 3);
}

TEST(MediaFacts, OfOtherTypesCountAsMissing) {
  const auto facts = ParseFacts(
      R"({"streams":[7,{"codec_type":"video","codec_name":"h264","width":"x","id":3,"tags":[],
          "side_data_list":[1]}],"format":[]})");

  ASSERT_TRUE(facts && facts->streams.size() == 1);
  EXPECT_EQ(facts->streams[0].width, 0);
  EXPECT_EQ(facts->seconds, 0);
}

TEST(MediaFacts, NeedADescription) {
  for (const char* text : {"", "{", "[]", "7"}) {
    const auto facts = ParseFacts(text);
    ASSERT_FALSE(facts) << text;
    EXPECT_EQ(facts.error().code, JobError::kCorruptedFile);
  }
}

bool CanCut(std::initializer_list<std::string_view> lines) {
  KeyFrameScan scan;
  for (const auto line : lines) scan.Add(line);
  return scan.CanCut();
}

TEST(KeyFrames, AllowToCutIfTheyComeOften) {
  EXPECT_TRUE(CanCut({"packet|pts_time=0.000000|flags=K_", "packet|pts_time=0.160000|flags=__",
                      "packet|pts_time=12.000000|flags=K_|side_data|side_data_type=Stream ID", "",
                      "packet|pts_time=24.000000|flags=__"}));
}

TEST(KeyFrames, MustNotBeFarApart) {
  EXPECT_FALSE(CanCut({"packet|pts_time=0|flags=K_", "packet|pts_time=12.1|flags=K_"}));
  EXPECT_FALSE(CanCut({"packet|pts_time=0|flags=K_", "packet|pts_time=12.1|flags=__"}));
}

TEST(KeyFrames, MustIncludeTheFirstFrame) {
  EXPECT_FALSE(CanCut({"packet|pts_time=0|flags=__", "packet|pts_time=1|flags=K_"}));
  EXPECT_FALSE(CanCut({}));
}

TEST(KeyFrames, AreUselessIfFramesHaveNoTime) {
  EXPECT_FALSE(CanCut({"packet|pts_time=N/A|flags=K_"}));
  EXPECT_FALSE(CanCut({"packet|flags=K_"}));
}

TEST(KeyFrames, AreUselessIfTheDecoderIsSetUpAgain) {
  EXPECT_FALSE(CanCut({"packet|pts_time=0|flags=K_",
                       "packet|pts_time=1|flags=K_|side_data|side_data_type=New Extradata"}));
}

}  // namespace
}  // namespace msc::processing
