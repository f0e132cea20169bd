#include "emulator/processing/media_description.h"

#include <gtest/gtest.h>

#include <string>

#include "emulator/processing/media_error.h"

namespace msc::processing {
namespace {

using namespace std::chrono_literals;

MediaDescription Example() {
  return {.duration = 12s,
          .presentation_offset = 7,
          .tracks = {{.kind = TrackKind::kVideo,
                      .name = "video",
                      .bitrate = 381'048,
                      .codecs = "avc1.64000d",
                      .private_data = "0000000167",
                      .width = 320,
                      .height = 180,
                      .mp4 = {"video.mp4", 700, {{0, 60'000'000, 700, 10}}},
                      .ts = {"video.ts", 0, {{0, 60'000'000, 0, 188, 188}}}},
                     {.kind = TrackKind::kAudio,
                      .name = "aac_eng_2_128041_1_1",
                      .bitrate = 128'041,
                      .codecs = "mp4a.40.2",
                      .private_data = "1190",
                      .language = "eng",
                      .channels = 2,
                      .sampling_rate = 48'000}},
          .progressive = "progressive.mp4",
          .has_poster = true};
}

// The text of the example with the first `from` replaced.
std::string With(const std::string& from, const std::string& to) {
  auto text = DescriptionJson(Example());
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(MediaDescriptionJson, IsReadAsItWasWritten) {
  const auto read = ParseDescription(DescriptionJson(Example()));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, Example());
}

struct BadText {
  const char* name;
  const char* from;
  const char* to;
};

void PrintTo(const BadText& bad, std::ostream* out) { *out << bad.name; }

class BadMediaDescription : public ::testing::TestWithParam<BadText> {};

TEST_P(BadMediaDescription, IsRejected) {
  const auto read = ParseDescription(With(GetParam().from, GetParam().to));

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, MediaError::kDescriptionInvalid);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BadMediaDescription,
    ::testing::Values(BadText{"NotJson", "{", "["}, BadText{"UnknownMember", "hasPoster", "x"},
                      BadText{"NameWithAQuote", R"("video","bitrate)", R"("v\"","bitrate)"},
                      BadText{"NoName", R"("name":"video")", R"("name":"")"},
                      BadText{"TwoOfOneName", "aac_eng_2_128041_1_1", "video"},
                      BadText{"VideoSecond", R"("kind":"audio")", R"("kind":"video")"},
                      BadText{"NegativeTime", "[0,60000000,700", "[-1,60000000,700"},
                      BadText{"NoDuration", "[0,60000000,700", "[0,0,700"},
                      BadText{"HugeDuration", "12000", "9223372036854775807"},
                      BadText{"OddHex", "1190", "119"}, BadText{"LowerHex", "0000000167", "0a"},
                      BadText{"PathAsBlob", "video.ts", "../video.ts"},
                      BadText{"NoBlob", "video.ts", ""}, BadText{"BitrateZero", "381048", "0"},
                      BadText{"KeyFrameTooLarge", "188,188]", "188,189]"},
                      BadText{"FractionalNumber", "320", "320.5"}),
    [](const auto& the_case) { return std::string(the_case.param.name); });

TEST(MediaDescriptionJson, RejectsFragmentsThatAreOutOfOrder) {
  auto media = Example();
  media.tracks[0].mp4.fragments.push_back(media.tracks[0].mp4.fragments[0]);

  EXPECT_FALSE(ParseDescription(DescriptionJson(media)));
}

}  // namespace
}  // namespace msc::processing
