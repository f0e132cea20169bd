#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include "emulator/processing/media_description.h"

namespace msc::playback {

// A text out of fixtures/playback.
inline std::string PlaybackFixtureText(const std::string& name) {
  std::ifstream file(MSC_FIXTURES "/playback/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Sizes of the sample's fragments: no two follow each other that are equal.
inline constexpr std::uint64_t kHeaderSize = 40;
inline constexpr std::uint64_t kKeyFrameSize = 50;

inline std::uint64_t FragmentSize(std::uint64_t index) { return 160 + index; }

// Twelve fragments, of which the last one is shorter.
inline processing::FragmentList SampleList(const std::string& blob, std::int64_t duration,
                                           std::int64_t last, std::uint64_t header_size,
                                           std::uint64_t key_frame_size) {
  constexpr std::int64_t kCount = 12;
  processing::FragmentList list{.blob = blob, .header_size = header_size};
  std::uint64_t offset = header_size;
  for (std::int64_t i = 0; i < kCount; ++i) {
    const auto size = FragmentSize(static_cast<std::uint64_t>(i));
    list.fragments.push_back({.time = i * duration,
                              .duration = i + 1 == kCount ? last : duration,
                              .offset = offset,
                              .size = size,
                              .key_frame_size = key_frame_size});
    offset += size;
  }
  return list;
}

// The presentation of fixtures/playback.
inline processing::MediaDescription SampleMedia() {
  constexpr std::int64_t kVideo = 60'060'000, kVideoEnd = 42'375'666;
  constexpr std::int64_t kAudio = 60'160'000, kAudioEnd = 41'386'666;
  processing::Track video{
      .kind = processing::TrackKind::kVideo,
      .name = "video",
      .bitrate = 3'579'827,
      .codecs = "avc1.640020",
      .private_data = "0000000167640020ACD9405005BB011000003E90000EA600F18319600000000168EBECB22C",
      .width = 1280,
      .height = 720,
      .mp4 = SampleList("video.mp4", kVideo, kVideoEnd, kHeaderSize, 0),
      .ts = SampleList("video.ts", kVideo, kVideoEnd, 0, kKeyFrameSize),
      .muxed = SampleList("muxed.ts", kVideo, kVideoEnd, 0, 0)};
  processing::Track audio{.kind = processing::TrackKind::kAudio,
                          .name = "aac_eng_2_128041_2_1",
                          .bitrate = 128'041,
                          .codecs = "mp4a.40.2",
                          .private_data = "1190",
                          .language = "eng",
                          .channels = 2,
                          .sampling_rate = 48'000,
                          .mp4 = SampleList("audio.mp4", kAudio, kAudioEnd, kHeaderSize, 0),
                          .ts = SampleList("audio.ts", kAudio, kAudioEnd, 0, 0)};
  return {.duration = std::chrono::milliseconds(70'315),
          .tracks = {std::move(video), std::move(audio)},
          .progressive = "progressive.mp4",
          .has_poster = true};
}

}  // namespace msc::playback
