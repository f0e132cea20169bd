#include "emulator/processing/media/stream_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msc::processing {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kPlaylist =
    "#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.013967,\n"
    "#EXT-X-BYTERANGE:57340@0\n5\n#EXTINF:2.004733,\n#EXT-X-BYTERANGE:19364@57340\n5\n"
    "#EXT-X-ENDLIST\n";

TEST(HlsPlaylist, ListsSegmentsWithTimesInTicks) {
  const auto segments = ParsePlaylist(kPlaylist);

  ASSERT_TRUE(segments);
  EXPECT_THAT(
      *segments,
      ElementsAre(
          Fragment{.time = 0, .duration = 60'139'670, .offset = 0, .size = 57340},
          Fragment{.time = 60'139'670, .duration = 20'047'330, .offset = 57340, .size = 19364}));
}

TEST(HlsPlaylist, IsRejectedIfASegmentHasNoSizeOrDuration) {
  EXPECT_FALSE(ParsePlaylist("#EXTM3U\n#EXTINF:6.0,\n5\n"));
  EXPECT_FALSE(ParsePlaylist("#EXTM3U\n#EXT-X-BYTERANGE:5@0\n5\n"));
  EXPECT_FALSE(ParsePlaylist("#EXTM3U\n#EXTINF:x,\n#EXT-X-BYTERANGE:5@0\n5\n"));
  EXPECT_FALSE(ParsePlaylist("#EXTM3U\n#EXTINF:1,\n#EXT-X-BYTERANGE:5\n5\n"));
}

// A packet of MPEG-TS; `stream_id` of the frame that begins in it, 0 for none.
std::string Packet(unsigned pid, unsigned stream_id = 0, unsigned adaptation = 0) {
  std::string packet(188, '\xFF');
  packet[0] = '\x47';
  packet[1] = static_cast<char>((stream_id != 0 ? 0x40 : 0) | pid >> 8);
  packet[2] = static_cast<char>(pid & 0xFF);
  packet[3] = static_cast<char>(adaptation != 0 ? 0x30 : 0x10);
  const std::size_t payload = adaptation != 0 ? 5 + adaptation : 4;
  if (adaptation != 0) packet[4] = static_cast<char>(adaptation);
  if (stream_id != 0) packet.replace(payload, 4, {'\0', '\0', '\1', static_cast<char>(stream_id)});
  return packet;
}

std::uint64_t KeyFrameSizeOf(const std::string& packets) {
  NamelessFile file;
  file.Write(0, "before" + packets);
  return KeyFrameSize(file, {.offset = 6, .size = packets.size()});
}

constexpr unsigned kVideoPid = 0x100;
constexpr unsigned kVideoId = 0xE0;

TEST(KeyFrameOfASegment, EndsWhereTheNextFrameBegins) {
  const auto packets = Packet(0) + Packet(kVideoPid, kVideoId, 7) + Packet(kVideoPid) +
                       Packet(0x101, 0xC0) + Packet(kVideoPid, kVideoId) + Packet(kVideoPid);

  EXPECT_EQ(KeyFrameSizeOf(packets), 4 * 188U);
}

TEST(KeyFrameOfASegment, IsTheWholeSegmentIfThereIsNoOtherFrame) {
  EXPECT_EQ(KeyFrameSizeOf(Packet(kVideoPid, kVideoId) + Packet(kVideoPid)), 2 * 188U);
}

TEST(KeyFrameOfASegment, IsEmptyWithoutVideo) {
  EXPECT_EQ(KeyFrameSizeOf(Packet(0x101, 0xC0) + Packet(0x101, 0xC0)), 0U);
}

}  // namespace
}  // namespace msc::processing
