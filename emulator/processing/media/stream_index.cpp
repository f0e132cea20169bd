#include "emulator/processing/media/stream_index.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "emulator/processing/media/fragment_index.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

constexpr std::string_view kDurationTag = "#EXTINF:";
constexpr std::string_view kRangeTag = "#EXT-X-BYTERANGE:";

// A whole number at the front of `text`, which is removed.
std::optional<std::int64_t> TakeNumber(std::string_view& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

// Seconds with up to seven decimals, as in "6.013967,", in ticks.
std::optional<std::int64_t> ParseTicks(std::string_view text) {
  const auto seconds = TakeNumber(text);
  if (!seconds || *seconds > INT64_MAX / kTicksPerSecond / 2) return std::nullopt;
  std::int64_t ticks = *seconds * kTicksPerSecond;
  if (!text.starts_with('.')) return ticks;
  text.remove_prefix(1);
  for (auto unit = kTicksPerSecond / 10; unit > 0 && !text.empty(); unit /= 10) {
    if (text.front() < '0' || text.front() > '9') break;
    ticks += (text.front() - '0') * unit;
    text.remove_prefix(1);
  }
  return ticks;
}

// "53016@0": size and offset.
bool ParseRange(std::string_view text, Fragment& segment) {
  const auto size = TakeNumber(text);
  if (!size || !text.starts_with('@')) return false;
  text.remove_prefix(1);
  const auto offset = TakeNumber(text);
  if (!offset) return false;
  segment.size = static_cast<std::uint64_t>(*size);
  segment.offset = static_cast<std::uint64_t>(*offset);
  return true;
}

// Packets of MPEG-TS.
constexpr std::uint64_t kPacketSize = 188;
constexpr std::size_t kPacketsAtOnce = 340;

unsigned PacketByte(std::string_view packet, std::size_t offset) {
  return static_cast<unsigned char>(packet[offset]);
}

// The identifier of the stream to which a packet belongs, if a frame of video begins in it.
std::optional<unsigned> BeginningOfVideo(std::string_view packet) {
  constexpr unsigned kHasUnitStart = 0x40;
  constexpr unsigned kHasAdaptation = 0x20;
  if ((PacketByte(packet, 1) & kHasUnitStart) == 0) return std::nullopt;
  std::size_t at = 4;
  if ((PacketByte(packet, 3) & kHasAdaptation) != 0) at += 1 + PacketByte(packet, 4);
  if (at + 4 > packet.size()) return std::nullopt;
  const bool is_video = packet.substr(at, 3) == std::string_view("\0\0\1", 3) &&
                        (PacketByte(packet, at + 3) & 0xF0) == 0xE0;
  if (!is_video) return std::nullopt;
  return (PacketByte(packet, 1) & 0x1F) << 8 | PacketByte(packet, 2);
}

}  // namespace

Result<std::vector<Fragment>> ParsePlaylist(std::string_view playlist) {
  const Error bad{JobError::kCorruptedFile, "a packaged playlist cannot be read"};
  std::vector<Fragment> segments;
  Fragment next;
  while (!playlist.empty()) {
    const auto line = playlist.substr(0, playlist.find('\n'));
    playlist.remove_prefix(std::min(playlist.size(), line.size() + 1));
    if (line.starts_with(kDurationTag)) {
      const auto ticks = ParseTicks(line.substr(kDurationTag.size()));
      if (!ticks) return bad;
      next.duration = std::max<std::int64_t>(*ticks, kTicksPerSecond / 1000);
    } else if (line.starts_with(kRangeTag)) {
      if (!ParseRange(line.substr(kRangeTag.size()), next)) return bad;
    } else if (!line.empty() && !line.starts_with('#')) {
      if (next.duration == 0 || next.size == 0 || segments.size() >= kMostFragments) return bad;
      segments.push_back(next);
      next = {.time = next.time + next.duration};
    }
  }
  return segments;
}

std::uint64_t KeyFrameSize(const NamelessFile& file, const Fragment& segment) {
  std::optional<unsigned> video;
  for (std::uint64_t at = 0; at + kPacketSize <= segment.size;) {
    const auto count = std::min(kPacketSize * kPacketsAtOnce, segment.size - at);
    const std::string bytes = ReadBytes(file, segment.offset + at, count - count % kPacketSize);
    for (std::size_t i = 0; i < bytes.size(); i += kPacketSize) {
      const auto begins = BeginningOfVideo(std::string_view(bytes).substr(i, kPacketSize));
      if (begins && video == begins) return at + i;
      if (begins && !video) video = begins;
    }
    at += bytes.size();
  }
  return video ? segment.size : 0;
}

}  // namespace msc::processing
