#include "emulator/processing/media/track_header.h"

#include <gtest/gtest.h>

#include "tests/unit/processing/media/box_builder.h"

namespace msc::processing {
namespace {

using testing::BigEndian;
using testing::MakeBox;

// An initialization segment with one sample entry.
std::string Segment(const std::string& entry) {
  std::string text = MakeBox("stsd", BigEndian(1, 8) + entry);
  for (const char* type : {"stbl", "minf", "mdia", "trak", "moov"}) text = MakeBox(type, text);
  return MakeBox("ftyp", "ismlpiff") + text;
}

std::string VideoEntry(const std::string& avcc) {
  return MakeBox("avc1", std::string(24, '\0') + BigEndian(320, 2) + BigEndian(180, 2) +
                             std::string(50, '\0') + MakeBox("avcC", avcc));
}

std::string AudioEntry(const std::string& config) {
  const auto descriptor = [](char tag, const std::string& content) {
    return std::string(1, tag) + std::string("\x80\x80\x80", 3) + BigEndian(content.size(), 1) +
           content;
  };
  const auto decoder = descriptor(4, std::string(13, '\0') + descriptor(5, config));
  const auto stream = descriptor(3, std::string(3, '\0') + decoder);
  return MakeBox("mp4a", std::string(16, '\0') + BigEndian(2, 2) + std::string(6, '\0') +
                             BigEndian(44100, 2) + BigEndian(0, 2) +
                             MakeBox("esds", std::string(4, '\0') + stream));
}

TEST(TrackHeader, HasTheParameterSetsOfVideo) {
  const std::string avcc("\x01\x64\x00\x0D\xFF\xE1\x00\x02\x67\x64\x01\x00\x03\x68\xEB\xE3", 16);

  const auto track = ParseTrackHeader(Segment(VideoEntry(avcc)));

  ASSERT_TRUE(track);
  EXPECT_EQ(track->kind, TrackKind::kVideo);
  EXPECT_EQ(track->codecs, "avc1.64000d");
  EXPECT_EQ(track->private_data, "0000000167640000000168EBE3");
  EXPECT_EQ(track->width, 320);
  EXPECT_EQ(track->height, 180);
}

TEST(TrackHeader, HasTheConfigurationOfAudio) {
  const auto track = ParseTrackHeader(Segment(AudioEntry("\x11\x90")));

  ASSERT_TRUE(track);
  EXPECT_EQ(track->kind, TrackKind::kAudio);
  EXPECT_EQ(track->codecs, "mp4a.40.2");
  EXPECT_EQ(track->private_data, "1190");
  EXPECT_EQ(track->channels, 2);
  EXPECT_EQ(track->sampling_rate, 48000);
}

// AAC at 24 kHz, whose decoder makes 48 kHz of it.
TEST(TrackHeader, HasTheRateThatHighEfficiencyAudioIsPlayedWith) {
  const auto track = ParseTrackHeader(Segment(AudioEntry(std::string("\x2B\x11\x88\x00", 4))));

  ASSERT_TRUE(track);
  EXPECT_EQ(track->codecs, "mp4a.40.5");
  EXPECT_EQ(track->sampling_rate, 48000);
}

TEST(TrackHeader, IsNotReadIfItIsTorn) {
  EXPECT_FALSE(ParseTrackHeader(Segment(VideoEntry("\x01\x64"))));
  EXPECT_FALSE(
      ParseTrackHeader(Segment(VideoEntry(std::string("\x01\x64\0\x0D\xFF\xE1\0\x09", 8)))));
  EXPECT_FALSE(ParseTrackHeader(Segment(AudioEntry(""))));
  EXPECT_FALSE(ParseTrackHeader(Segment(MakeBox("hvc1", std::string(100, '\0')))));
  EXPECT_FALSE(ParseTrackHeader("moov"));
}

}  // namespace
}  // namespace msc::processing
