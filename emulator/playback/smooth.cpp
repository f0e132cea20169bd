#include "emulator/playback/smooth.h"

#include <algorithm>
#include <string_view>

#include "emulator/base/text.h"
#include "emulator/playback/fragment_runs.h"
#include "emulator/playback/sea.h"

namespace msc::playback {
namespace {

using processing::MediaDescription;
using processing::Track;
using processing::TrackKind;

constexpr std::string_view kEnvelope = "B47B251A-2409-4B42-958E-08DBAE7B4EE9";

// Of the track that ends last, in ticks.
std::int64_t EndOf(const MediaDescription& media) {
  std::int64_t end = 0;
  for (const auto& track : media.tracks) {
    if (track.mp4.fragments.empty()) continue;
    const auto& last = track.mp4.fragments.back();
    end = std::max(end, last.time + last.duration);
  }
  return end;
}

// Whether the AAC is of the high-efficiency kind.
bool IsHighEfficiency(std::string_view codecs) {
  return EqualsIgnoringCase(codecs, "mp4a.40.5") || EqualsIgnoringCase(codecs, "mp4a.40.29");
}

void WriteProtection(XmlText& xml, const Protection& protection) {
  xml.Open("Protection").Open("ProtectionHeader").Attribute("SystemID", kEnvelope);
  WriteContentProtection(xml, protection, /*declares=*/true);
  xml.Close().Close();
}

void WriteVideoLevel(XmlText& xml, const Track& track) {
  xml.Open("QualityLevel")
      .Attribute("Index", "0")
      .Attribute("Bitrate", track.bitrate)
      .Attribute("FourCC", "H264")
      .Attribute("MaxWidth", track.width)
      .Attribute("MaxHeight", track.height)
      .Attribute("CodecPrivateData", track.private_data)
      .Close();
}

void WriteAudioLevel(XmlText& xml, const Track& track) {
  constexpr int kBytesPerSample = 2;
  xml.Open("QualityLevel")
      .Attribute("AudioTag", "255")
      .Attribute("Index", "0")
      .Attribute("BitsPerSample", 8 * kBytesPerSample)
      .Attribute("Bitrate", track.bitrate)
      .Attribute("FourCC", IsHighEfficiency(track.codecs) ? "AACH" : "AACL")
      .Attribute("CodecPrivateData", track.private_data)
      .Attribute("Channels", track.channels)
      .Attribute("PacketSize", kBytesPerSample * track.channels)
      .Attribute("SamplingRate", track.sampling_rate)
      .Close();
}

// The first chunk always names its time.
void WriteChunks(XmlText& xml, const Track& track) {
  bool is_first = true;
  for (const auto& run : RunsOf(track.mp4.fragments)) {
    xml.Open("c");
    if (is_first || !run.follows) xml.Attribute("t", run.time);
    xml.Attribute("d", run.duration);
    if (run.count > 1) xml.Attribute("r", run.count);
    xml.Close();
    is_first = false;
  }
}

void WriteStream(XmlText& xml, const Track& track, const Links& links) {
  const bool is_video = track.kind == TrackKind::kVideo;
  xml.Open("StreamIndex")
      .Attribute("Chunks", static_cast<std::int64_t>(track.mp4.fragments.size()))
      .Attribute("Type", is_video ? "video" : "audio")
      .Attribute("Url", links.Fragment("QualityLevels({bitrate})/Fragments(" + track.name +
                                       "={start time})"))
      .Attribute("QualityLevels", "1");
  if (is_video) {
    WriteVideoLevel(xml, track);
  } else {
    xml.Attribute("Language", track.language).Attribute("Name", track.name);
    WriteAudioLevel(xml, track);
  }
  WriteChunks(xml, track);
  xml.Close();
}

}  // namespace

// The service lists audio first.
std::string SmoothManifest(const MediaDescription& media,
                           const std::optional<Protection>& protection, const Links& links) {
  XmlText xml;
  xml.Open("SmoothStreamingMedia")
      .Attribute("MajorVersion", "2")
      .Attribute("MinorVersion", "2")
      .Attribute("Duration", EndOf(media))
      .Attribute("TimeScale", processing::kTicksPerSecond);
  if (protection) WriteProtection(xml, *protection);
  for (const auto kind : {TrackKind::kAudio, TrackKind::kVideo}) {
    for (const auto& track : media.tracks) {
      if (track.kind == kind) WriteStream(xml, track, links);
    }
  }
  xml.Close();
  return xml.Finish();
}

}  // namespace msc::playback
