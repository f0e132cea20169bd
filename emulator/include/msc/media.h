#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace msc {

// What is done with an upload when its video is marked complete.
enum class Media {
  kOff,  // Nothing: the video has no duration and cannot be played.

  // ffmpeg and ffprobe, if they are installed, probe it and package it for playback. A video whose
  // upload is no media completes without them.
  kAuto,

  // The same, but the emulator does not start without them, and such a video fails.
  kFfmpeg,
};

// A track of a video that can be played.
struct MediaTrack {
  std::string name{};        // In manifests: "video", "aac_eng_2_128041_1_1".
  std::string codecs{};      // As in RFC 6381: "avc1.64000d".
  std::int64_t bitrate = 0;  // Bits per second.
  int width = 0;             // Of video, in pixels; 0: audio.
  int height = 0;
  std::string language{};  // Of audio, as in ISO 639-2: "eng".
};

// What has become of an upload as media.
struct MediaInfo {
  enum class State {
    kNone,     // There is nothing to play.
    kWorking,  // It is being probed and packaged.
    kReady,    // It can be played once the video is completed.
  };

  State state = State::kNone;

  // Of kWorking: what is being done ("probing", "packaging"), and how much of it is, from 0 to 100.
  std::string phase{};
  int percent = 0;

  std::string problem{};             // Of kNone: why; empty: nothing was tried.
  std::vector<MediaTrack> tracks{};  // Of kReady; the video is first.
};

}  // namespace msc
