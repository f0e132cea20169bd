#include "emulator/processing/media/track_header.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/processing/media/boxes.h"
#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

// Sizes of the fields before the boxes in a sample entry.
constexpr std::size_t kEntryListHead = 8;
constexpr std::size_t kVisualFields = 78;
constexpr std::size_t kAudioFields = 28;

unsigned ByteAt(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

int Number16(std::string_view text, std::size_t offset) {
  return static_cast<int>(ByteAt(text, offset) << 8 | ByteAt(text, offset + 1));
}

// Takes the next `count` parameter sets, each with its length before it, from the front of `text`,
// and appends them to `out`, each behind a start code. False if the text ends.
bool TakeParameterSets(std::string_view& text, unsigned count, std::string& out) {
  for (; count > 0; --count) {
    if (text.size() < 2) return false;
    const auto size = static_cast<std::size_t>(Number16(text, 0));
    if (text.size() < 2 + size) return false;
    out.append("\0\0\0\1", 4).append(text.substr(2, size));
    text.remove_prefix(2 + size);
  }
  return true;
}

// The decoder configuration record of H.264. Source: ISO/IEC 14496-15, section 5.2.4.
bool ReadVideoDecoder(std::string_view record, Track& track) {
  constexpr std::size_t kFields = 6;
  if (record.size() <= kFields) return false;
  track.codecs = "avc1." + HexEncode(record.substr(1, 3));
  const unsigned sequence_sets = ByteAt(record, 5) & 0x1F;
  record.remove_prefix(kFields);
  std::string sets;
  if (!TakeParameterSets(record, sequence_sets, sets) || record.empty()) return false;
  const unsigned picture_sets = ByteAt(record, 0);
  record.remove_prefix(1);
  if (!TakeParameterSets(record, picture_sets, sets)) return false;
  track.private_data = UpperHexEncode(sets);
  return !sets.empty();
}

std::optional<Track> ReadVideo(std::string_view entry) {
  if (entry.size() < kVisualFields) return std::nullopt;
  Track track{.kind = TrackKind::kVideo};
  track.width = Number16(entry, 24);
  track.height = Number16(entry, 26);
  const auto record = FindContent(entry.substr(kVisualFields), {"avcC"});
  if (!record || !ReadVideoDecoder(*record, track)) return std::nullopt;
  return track;
}

// The content of the first descriptor with that tag at the front of `text`. Source:
// ISO/IEC 14496-1, section 7.2.2.
std::optional<std::string_view> TakeDescriptor(std::string_view text, unsigned tag) {
  if (text.empty() || ByteAt(text, 0) != tag) return std::nullopt;
  std::size_t at = 1;
  std::size_t size = 0;
  bool goes_on = true;
  for (; goes_on && at <= 4; ++at) {
    if (at >= text.size()) return std::nullopt;
    size = size << 7 | (ByteAt(text, at) & 0x7F);
    goes_on = (ByteAt(text, at) & 0x80) != 0;
  }
  if (goes_on || text.size() - at < size) return std::nullopt;
  return text.substr(at, size);
}

// The AudioSpecificConfig in an esds box.
std::optional<std::string_view> FindAudioConfig(std::string_view esds) {
  constexpr std::size_t kVersion = 4;
  constexpr std::size_t kStreamFields = 3;
  constexpr std::size_t kDecoderFields = 13;
  if (esds.size() < kVersion) return std::nullopt;
  const auto stream = TakeDescriptor(esds.substr(kVersion), 3);
  if (!stream || stream->size() < kStreamFields) return std::nullopt;
  const auto decoder = TakeDescriptor(stream->substr(kStreamFields), 4);
  if (!decoder || decoder->size() < kDecoderFields) return std::nullopt;
  return TakeDescriptor(decoder->substr(kDecoderFields), 5);
}

// Reads bits, the highest of a byte first; beyond the end they are 0.
class BitReader {
 public:
  explicit BitReader(std::string_view text) : text_(text) {}

  unsigned Take(unsigned count) {
    unsigned value = 0;
    for (; count > 0; --count, ++at_) {
      const unsigned byte = at_ / 8 < text_.size() ? ByteAt(text_, at_ / 8) : 0;
      value = value << 1 | (byte >> (7 - at_ % 8) & 1);
    }
    return value;
  }

 private:
  const std::string_view text_;
  std::size_t at_ = 0;
};

unsigned TakeObjectType(BitReader& bits) {
  const unsigned type = bits.Take(5);
  return type == 31 ? 32 + bits.Take(6) : type;
}

int TakeSamplingRate(BitReader& bits) {
  constexpr std::array kRates = {96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                 22050, 16000, 12000, 11025, 8000,  7350};
  const unsigned index = bits.Take(4);
  if (index == 15) return static_cast<int>(bits.Take(24));
  return index < kRates.size() ? kRates[index] : 0;
}

// Source: ISO/IEC 14496-3, section 1.6.2.1.
void ReadAudioConfig(std::string_view config, Track& track) {
  constexpr unsigned kSpectralReplication = 5;
  constexpr unsigned kParametricStereo = 29;
  BitReader bits(config);
  const unsigned type = TakeObjectType(bits);
  int rate = TakeSamplingRate(bits);
  const unsigned channels = bits.Take(4);
  if (type == kSpectralReplication || type == kParametricStereo) rate = TakeSamplingRate(bits);
  track.codecs = "mp4a.40." + std::to_string(type);
  if (rate > 0) track.sampling_rate = rate;
  if (channels >= 1 && channels <= 6) track.channels = static_cast<int>(channels);
  if (channels == 7) track.channels = 8;
  if (type == kParametricStereo) track.channels = 2;
  track.private_data = UpperHexEncode(config);
}

std::optional<Track> ReadAudio(std::string_view entry) {
  if (entry.size() < kAudioFields) return std::nullopt;
  Track track{.kind = TrackKind::kAudio};
  track.channels = Number16(entry, 16);
  track.sampling_rate = Number16(entry, 24);
  const auto esds = FindContent(entry.substr(kAudioFields), {"esds"});
  const auto config = esds ? FindAudioConfig(*esds) : std::nullopt;
  if (!config || config->size() < 2) return std::nullopt;
  ReadAudioConfig(*config, track);
  return track;
}

std::optional<Track> ReadSampleEntry(std::string_view segment) {
  const auto list = FindContent(segment, {"moov", "trak", "mdia", "minf", "stbl", "stsd"});
  if (!list || list->size() < kEntryListHead) return std::nullopt;
  const auto entries = ParseBoxes(list->substr(kEntryListHead));
  if (!entries || entries->empty()) return std::nullopt;
  const Box& entry = entries->front();
  if (entry.type == "avc1") return ReadVideo(entry.content);
  if (entry.type == "mp4a") return ReadAudio(entry.content);
  return std::nullopt;
}

}  // namespace

Result<Track> ParseTrackHeader(std::string_view segment) {
  auto track = ReadSampleEntry(segment);
  if (!track) return Error{JobError::kCorruptedFile, "a packaged track cannot be read"};
  return *std::move(track);
}

}  // namespace msc::processing
