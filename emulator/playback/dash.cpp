#include "emulator/playback/dash.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/playback/fragment_runs.h"
#include "emulator/playback/sea.h"
#include "emulator/playback/stream_format.h"

namespace msc::playback {
namespace {

using processing::MediaDescription;
using processing::Track;
using processing::TrackKind;

// ISO 639-2 -> ISO 639-1, which MPEG DASH prefers (RFC 5646).
constexpr std::pair<std::string_view, std::string_view> kShortLanguages[] = {
    {"ara", "ar"}, {"ces", "cs"}, {"chi", "zh"}, {"cze", "cs"}, {"dan", "da"}, {"deu", "de"},
    {"dut", "nl"}, {"ell", "el"}, {"eng", "en"}, {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"},
    {"ger", "de"}, {"gre", "el"}, {"heb", "he"}, {"hin", "hi"}, {"hun", "hu"}, {"ind", "id"},
    {"ita", "it"}, {"jpn", "ja"}, {"kor", "ko"}, {"nep", "ne"}, {"nld", "nl"}, {"nor", "no"},
    {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"}, {"rum", "ro"}, {"rus", "ru"}, {"spa", "es"},
    {"swe", "sv"}, {"tha", "th"}, {"tur", "tr"}, {"ukr", "uk"}, {"vie", "vi"}, {"zho", "zh"},
};

std::string_view ShortLanguage(std::string_view language) {
  for (const auto& [longer, shorter] : kShortLanguages) {
    if (EqualsIgnoringCase(language, longer)) return shorter;
  }
  return language;
}

std::int64_t MinBufferSeconds(const MediaDescription& media) {
  std::int64_t longest = 0;
  for (const auto& track : media.tracks) {
    longest = std::max(longest, LongestSeconds(track.mp4.fragments));
  }
  return longest;
}

std::string Template(const Track& track, std::string_view time, const Links& links) {
  return links.Fragment("QualityLevels($Bandwidth$)/Fragments(" + track.name + '=' +
                        std::string(time) + ",format=" + std::string(NameOf(StreamFormat::kDash)) +
                        ')');
}

void WriteTimeline(XmlText& xml, const Track& track) {
  xml.Open("SegmentTimeline");
  for (const auto& run : RunsOf(track.mp4.fragments)) {
    xml.Open("S");
    if (!run.follows) xml.Attribute("t", run.time);
    xml.Attribute("d", run.duration);
    if (run.count > 1) xml.Attribute("r", run.count - 1);
    xml.Close();
  }
  xml.Close();
}

void WriteSegments(XmlText& xml, const Track& track, std::int64_t offset, const Links& links) {
  xml.Open("SegmentTemplate").Attribute("timescale", processing::kTicksPerSecond);
  if (offset != 0) xml.Attribute("presentationTimeOffset", offset);
  xml.Attribute("media", Template(track, "$Time$", links))
      .Attribute("initialization", Template(track, "i", links));
  WriteTimeline(xml, track);
  xml.Close();
}

void WriteRepresentation(XmlText& xml, const Track& track) {
  const bool is_video = track.kind == TrackKind::kVideo;
  xml.Open("Representation")
      .Attribute("id", (is_video ? "1_V_" : "5_A_") + track.name + "_1")
      .Attribute("bandwidth", track.bitrate);
  if (is_video) {
    xml.Attribute("width", track.width).Attribute("height", track.height);
  } else {
    xml.Attribute("audioSamplingRate", track.sampling_rate);
  }
  xml.Close();
}

void OpenAdaptationSet(XmlText& xml, const Track& track, std::int64_t id) {
  const bool is_video = track.kind == TrackKind::kVideo;
  xml.Open("AdaptationSet")
      .Attribute("id", id)
      .Attribute("group", is_video ? 1 : 5)
      .Attribute("profiles", "ccff")
      .Attribute("bitstreamSwitching", "false")
      .Attribute("segmentAlignment", "true")
      .Attribute("contentType", is_video ? "video" : "audio")
      .Attribute("mimeType", is_video ? "video/mp4" : "audio/mp4")
      .Attribute("codecs", track.codecs);
  if (is_video) {
    xml.Attribute("maxWidth", track.width)
        .Attribute("maxHeight", track.height)
        .Attribute("startWithSAP", "1");
  } else {
    xml.Attribute("lang", ShortLanguage(track.language));
  }
}

void OpenManifest(XmlText& xml, const MediaDescription& media, bool is_protected) {
  xml.Open("MPD")
      .Attribute("xmlns", "urn:mpeg:dash:schema:mpd:2011")
      .Attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  if (is_protected) xml.Attribute("xmlns:sea", kSeaNamespace);
  xml.Attribute("profiles", "urn:mpeg:dash:profile:isoff-live:2011")
      .Attribute("type", "static")
      .Attribute("mediaPresentationDuration", IsoDuration(media.duration))
      .Attribute("minBufferTime", "PT" + std::to_string(MinBufferSeconds(media)) + 'S');
}

}  // namespace

// The service lists audio first.
std::string DashManifest(const MediaDescription& media, const std::optional<Protection>& protection,
                         const Links& links) {
  XmlText xml;
  OpenManifest(xml, media, protection.has_value());
  xml.Open("Period");
  std::int64_t id = 0;
  for (const auto kind : {TrackKind::kAudio, TrackKind::kVideo}) {
    for (const auto& track : media.tracks) {
      if (track.kind != kind) continue;
      OpenAdaptationSet(xml, track, ++id);
      if (protection) WriteContentProtection(xml, *protection, /*declares=*/false);
      WriteSegments(xml, track, media.presentation_offset, links);
      WriteRepresentation(xml, track);
      xml.Close();
    }
  }
  xml.Close().Close();
  return xml.Finish();
}

std::string IsoDuration(std::chrono::milliseconds duration) {
  constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute;
  const std::int64_t all = duration.count();
  std::string text = "PT";
  if (all >= kHour) text += std::to_string(all / kHour) + 'H';
  if (all % kHour >= kMinute) text += std::to_string(all % kHour / kMinute) + 'M';
  const std::int64_t rest = all % kMinute;
  if (rest == 0 && text != "PT") return text;
  text += std::to_string(rest / 1000);
  std::string decimals = std::to_string(1000 + rest % 1000).substr(1);
  while (decimals.ends_with('0')) decimals.pop_back();
  if (!decimals.empty()) text += '.' + decimals;
  return text + 'S';
}

}  // namespace msc::playback
