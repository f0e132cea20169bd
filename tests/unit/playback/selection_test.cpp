#include "emulator/playback/selection.h"

#include <gtest/gtest.h>

#include "emulator/playback/playback_error.h"

namespace msc::playback {
namespace {

TEST(ManifestSelection, IsReadInAnyCase) {
  EXPECT_EQ(*ParseManifestSelection("FORMAT=MPD-TIME-CSF"),
            (ManifestSelection{.format = StreamFormat::kDash}));
  EXPECT_EQ(*ParseManifestSelection("format=m3u8-aapl,audio-only=false"),
            (ManifestSelection{StreamFormat::kHls, /*has_audio_only=*/false}));
}

TEST(PlaylistSelection, NamesATrack) {
  EXPECT_EQ(*ParsePlaylistSelection("video,format=m3u8-aapl,type=keyframes"),
            (PlaylistSelection{.track = "video", .key_frames = true}));
  EXPECT_EQ(
      *ParsePlaylistSelection("video,format=m3u8-aapl-v3,audiotrack=aac"),
      (PlaylistSelection{.track = "video", .format = StreamFormat::kHlsV3, .audio_track = "aac"}));
}

TEST(FragmentSelection, NamesATimeOrTheInitialization) {
  EXPECT_EQ(*ParseFragmentSelection("video=9223372036854775807"),
            (FragmentSelection{.track = "video", .time = INT64_MAX}));
  EXPECT_EQ(*ParseFragmentSelection("video=i,format=mpd-time-csf"),
            (FragmentSelection{.track = "video", .format = StreamFormat::kDash}));
}

struct BadSelection {
  const char* name;
  const char* text;
  PlaybackError error;
};

void PrintTo(const BadSelection& bad, std::ostream* out) { *out << bad.name; }

std::string BadSelectionName(const ::testing::TestParamInfo<BadSelection>& row) {
  return row.param.name;
}

class BadFragment : public ::testing::TestWithParam<BadSelection> {};

TEST_P(BadFragment, IsAnError) {
  const auto read = ParseFragmentSelection(GetParam().text);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, GetParam().error);
}

using enum PlaybackError;

INSTANTIATE_TEST_SUITE_P(
    Texts, BadFragment,
    ::testing::Values(BadSelection{"Nothing", "", kAddressMalformed},
                      BadSelection{"NoTime", "video", kAddressMalformed},
                      BadSelection{"NoTrack", "=0", kAddressMalformed},
                      BadSelection{"Negative", "video=-1", kAddressMalformed},
                      BadSelection{"TooLarge", "video=9223372036854775808", kAddressMalformed},
                      BadSelection{"Word", "video=now", kAddressMalformed},
                      BadSelection{"EmptyPart", "video=0,", kAddressMalformed},
                      BadSelection{"UnknownOption", "video=0,filter=x", kAddressMalformed},
                      BadSelection{"UnknownType", "video=0,type=all", kAddressMalformed},
                      BadSelection{"UnknownFormat", "video=0,format=f4m-f4f", kFormatUnknown}),
    BadSelectionName);

class BadPlaylist : public ::testing::TestWithParam<BadSelection> {};

TEST_P(BadPlaylist, IsAnError) {
  const auto read = ParsePlaylistSelection(GetParam().text);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BadPlaylist,
    ::testing::Values(BadSelection{"NoTrack", "format=m3u8-aapl", kAddressMalformed},
                      BadSelection{"NoFormat", "video", kFormatUnknown},
                      BadSelection{"DashHasNone", "video,format=mpd-time-csf", kFormatUnknown}),
    BadSelectionName);

TEST(Bitrate, IsANumber) {
  EXPECT_EQ(*ParseBitrate("128041"), 128'041);
  for (const auto* text : {"", "-1", "1.5", "9223372036854775808", "128k"}) {
    EXPECT_FALSE(ParseBitrate(text)) << text;
  }
}

}  // namespace
}  // namespace msc::playback
