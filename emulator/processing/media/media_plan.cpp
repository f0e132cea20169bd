#include "emulator/processing/media/media_plan.h"

#include <algorithm>
#include <cmath>

#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

constexpr std::size_t kMostAudioTracks = 16;
constexpr int kLargestWidth = 1920;
constexpr int kLargestHeight = 1080;

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// An even number near `value`, at least 2.
int Even(double value) { return std::max(2, static_cast<int>(std::lround(value / 2)) * 2); }

// Makes the pixels square and turns the picture upright, within the largest size.
void SetSize(const StreamFacts& video, PlannedTrack& track) {
  double width = video.width * video.pixel_aspect;
  double height = video.height;
  if (std::abs(video.rotation) % 180 == 90) std::swap(width, height);
  const double scale = std::min({1.0, kLargestWidth / width, kLargestHeight / height});
  track.width = std::min(kLargestWidth, Even(width * scale));
  track.height = std::min(kLargestHeight, Even(height * scale));
}

PlannedTrack PlanVideo(const StreamFacts& video, bool can_cut) {
  PlannedTrack track{.kind = TrackKind::kVideo, .stream = video.index};
  track.copies = can_cut && MayCopyVideo(video);
  if (!track.copies) SetSize(video, track);
  return track;
}

bool MayCopyAudio(const StreamFacts& audio) {
  return audio.codec == "aac" && IsOneOf(audio.profile, {"LC", "HE-AAC", "HE-AACv2"}) &&
         audio.sampling_rate >= 8000 && audio.sampling_rate <= 48000 && audio.channels >= 1 &&
         audio.channels <= 6;
}

// Languages are three letters in ISO 639-2.
std::string LanguageOf(const StreamFacts& audio) {
  const auto& language = audio.language;
  const bool is_valid =
      language.size() == 3 &&
      std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return is_valid ? language : "und";
}

PlannedTrack PlanAudio(const StreamFacts& audio) {
  PlannedTrack track{.kind = TrackKind::kAudio, .stream = audio.index};
  track.copies = MayCopyAudio(audio);
  if (!track.copies) track.sampling_rate = audio.sampling_rate == 44100 ? 44100 : 48000;
  track.language = LanguageOf(audio);
  return track;
}

}  // namespace

bool MayCopyVideo(const StreamFacts& video) {
  return video.codec == "h264" && IsOneOf(video.pixel_format, {"yuv420p", "yuvj420p"}) &&
         IsOneOf(video.profile, {"Constrained Baseline", "Baseline", "Main", "High"}) &&
         video.rotation == 0 && video.width % 2 == 0 && video.height % 2 == 0;
}

const StreamFacts* FindVideo(const MediaFacts& facts) {
  const auto found =
      std::find_if(facts.streams.begin(), facts.streams.end(), [](const StreamFacts& stream) {
        return stream.kind == TrackKind::kVideo && stream.width > 0 && stream.height > 0;
      });
  return found != facts.streams.end() ? &*found : nullptr;
}

Result<MediaPlan> MakePlan(const MediaFacts& facts, bool can_cut) {
  MediaPlan plan;
  const auto* const video = FindVideo(facts);
  if (video != nullptr) plan.push_back(PlanVideo(*video, can_cut));
  std::size_t audio_tracks = 0;
  for (const auto& stream : facts.streams) {
    const bool is_audio = stream.kind == TrackKind::kAudio && stream.channels > 0;
    if (is_audio && ++audio_tracks <= kMostAudioTracks) plan.push_back(PlanAudio(stream));
  }
  if (plan.empty()) {
    return Error{JobError::kUnsupportedFormat, "the upload has neither video nor audio to decode"};
  }
  return plan;
}

}  // namespace msc::processing
