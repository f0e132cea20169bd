#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emulator/playback/dash.h"
#include "emulator/playback/fragment_runs.h"
#include "emulator/playback/smooth.h"
#include "tests/unit/playback/sample_media.h"

namespace msc::playback {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kSampleKeyId = "da3813af-55e6-48e7-aa9f-a4d6031f7b4d";

Links LinksWith(std::optional<std::string_view> token = {}) {
  return Links::Direct("https://localhost:10010", token);
}

Protection ProtectionWith(const Links& links) {
  return {links.Key(kSampleKeyId), Bytes(16, '\xD7')};
}

// The lines of a fixture from the first to the last that have `text`, without indentation.
std::string Flat(const std::string& text) {
  std::string flat;
  bool in_indent = true;
  for (const char c : text) {
    if (in_indent && c == ' ') continue;
    in_indent = c == '\n';
    flat += c;
  }
  return flat;
}

// The element of fixtures/playback/protection.xml that is named so, and all in it.
std::string Element(const std::string& name) {
  const auto text = Flat(PlaybackFixtureText("protection.xml"));
  const std::string end = "</" + name + ">\n";
  const auto begin = text.find('<' + name + (name == "Protection" ? ">" : " "));
  return text.substr(begin, text.find(end) + end.size() - begin);
}

TEST(DashManifest, IsThatOfTheService) {
  EXPECT_EQ(DashManifest(SampleMedia(), {}, LinksWith()), PlaybackFixtureText("manifest.mpd"));
}

TEST(DashManifest, NamesTheKeyOfAProtectedVideoInEachSet) {
  const auto links = LinksWith();
  auto wanted = Element("ContentProtection");
  const std::string declaration = " xmlns:sea=\"urn:mpeg:dash:schema:sea:2012\"";
  wanted.erase(wanted.find(declaration), declaration.size());

  const auto manifest = Flat(DashManifest(SampleMedia(), ProtectionWith(links), links));

  EXPECT_THAT(manifest, HasSubstr("XMLSchema-instance\"" + declaration + " profiles="));
  EXPECT_THAT(manifest, HasSubstr("lang=\"en\">\n" + wanted + "<SegmentTemplate"));
  EXPECT_THAT(manifest, HasSubstr("startWithSAP=\"1\">\n" + wanted + "<SegmentTemplate"));
}

TEST(DashManifest, NamesTheOffsetIfThereIsOne) {
  auto media = SampleMedia();
  media.presentation_offset = 1'000'000;

  EXPECT_THAT(DashManifest(media, {}, LinksWith()),
              HasSubstr("timescale=\"10000000\" presentationTimeOffset=\"1000000\" media="));
}

TEST(DashManifest, NamesTheTimeAfterAGap) {
  auto media = SampleMedia();
  auto& fragments = media.tracks.front().mp4.fragments;
  fragments.resize(3);
  fragments[2].time += 10;

  EXPECT_THAT(Flat(DashManifest(media, {}, LinksWith())),
              HasSubstr("<S d=\"60060000\" r=\"1\"/>\n<S t=\"120120010\" d=\"60060000\"/>\n"));
}

TEST(DashManifest, HasTheTokenInItsTemplates) {
  const auto links = LinksWith("a%26b$Time$");

  const auto manifest = DashManifest(SampleMedia(), ProtectionWith(links), links);

  EXPECT_THAT(manifest, HasSubstr("video=$Time$,format=mpd-time-csf)?token=a%26b%24Time%24\""));
  EXPECT_THAT(manifest, HasSubstr("video=i,format=mpd-time-csf)?token=a%26b%24Time%24\""));
  EXPECT_THAT(manifest, HasSubstr("a4d6031f7b4d&amp;token=a%26b%24Time%24\"/>"));
}

TEST(DashManifest, EscapesWhatIsInAttributes) {
  auto media = SampleMedia();
  media.tracks.front().codecs = "a\"><b";

  EXPECT_THAT(DashManifest(media, {}, LinksWith()), Not(HasSubstr("\"><b")));
}

TEST(SmoothManifest, IsThatOfTheService) {
  EXPECT_EQ(SmoothManifest(SampleMedia(), {}, LinksWith()), PlaybackFixtureText("manifest.xml"));
}

TEST(SmoothManifest, NamesTheKeyOfAProtectedVideo) {
  const auto links = LinksWith();

  const auto manifest = Flat(SmoothManifest(SampleMedia(), ProtectionWith(links), links));

  EXPECT_THAT(manifest, HasSubstr("TimeScale=\"10000000\">\n" + Element("Protection")));
}

TEST(SmoothManifest, HasTheTokenInItsTemplates) {
  EXPECT_THAT(SmoothManifest(SampleMedia(), {}, LinksWith("{start time}")),
              HasSubstr("Fragments(video={start time})?token=%7Bstart%20time%7D\""));
}

TEST(IsoDuration, HasNoZerosAtTheEnd) {
  EXPECT_EQ(IsoDuration(70'315ms), "PT1M10.315S");
  EXPECT_EQ(IsoDuration(10s), "PT10S");
  EXPECT_EQ(IsoDuration(10'050ms), "PT10.05S");
  EXPECT_EQ(IsoDuration(0ms), "PT0S");
  EXPECT_EQ(IsoDuration(10h), "PT10H");
  EXPECT_EQ(IsoDuration(1h + 1ms), "PT1H0.001S");
  EXPECT_EQ(IsoDuration(26h + 3min + 4s), "PT26H3M4S");
}

TEST(FragmentRuns, CountFragmentsOfOneDuration) {
  const std::vector<processing::Fragment> fragments = {
      {.time = 5, .duration = 10}, {.time = 15, .duration = 10}, {.time = 25, .duration = 3}};

  EXPECT_EQ(RunsOf(fragments), (std::vector<FragmentRun>{{5, 10, 2, false}, {25, 3, 1, true}}));
  EXPECT_EQ(LongestSeconds(fragments), 1);
}

}  // namespace
}  // namespace msc::playback
