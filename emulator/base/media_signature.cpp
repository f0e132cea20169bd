#include "emulator/base/media_signature.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace msc {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
};

constexpr Signature kSignatures[] = {
    // ISO base media files (MP4, MOV) by their first box.
    {4, "ftyp"sv},
    {4, "moov"sv},
    {4, "mdat"sv},
    {4, "free"sv},
    {4, "skip"sv},
    {4, "wide"sv},
    {4, "styp"sv},
    {4, "moof"sv},
    {4, "pnot"sv},
    {0, "RIFF"sv},              // AVI, WAV.
    {0, "FORM"sv},              // AIFF.
    {0, "\x1A\x45\xDF\xA3"sv},  // Matroska, WebM.
    {0, "\x30\x26\xB2\x75"sv},  // ASF, WMV, WMA.
    {0, "FLV\x01"sv},
    {0, "ID3"sv},
    {0, "OggS"sv},
    {0, "fLaC"sv},
    {0, "#!AMR"sv},
    {0, ".snd"sv},
    {0, ".RMF"sv},
    {0, ".ra\xFD"sv},
    {0, "MThd"sv},
    {0, "\x00\x00\x01\xBA"sv},  // MPEG program stream,
    {0, "\x00\x00\x01\xB3"sv},  // and MPEG video.
    {0, "\x1F\x07\x00"sv},      // DV,
    {0, "\x1F\x07\x01"sv},      // in two systems.
};

constexpr std::size_t kTransportPacket = 188;
constexpr char kTransportSync = 0x47;

bool BeginsAsTransportStream(std::string_view head) {
  return head.size() > kTransportPacket && head[0] == kTransportSync &&
         head[kTransportPacket] == kTransportSync;
}

// MPEG audio and AAC in ADTS: eleven bits that are set, and neither a reserved version nor a
// reserved bit rate.
bool BeginsAsAudioFrame(std::string_view head) {
  if (head.size() < 4) return false;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(head[at]); };
  const bool is_synced = byte(0) == 0xFF && (byte(1) & 0xE0) == 0xE0;
  const bool is_reserved = (byte(1) & 0x18) == 0x08 || (byte(2) & 0xF0) == 0xF0;
  return is_synced && !is_reserved;
}

}  // namespace

bool BeginsAsMedia(std::string_view head) {
  return HasMediaSignature(head) || BeginsAsTransportStream(head) || BeginsAsAudioFrame(head);
}

bool HasMediaSignature(std::string_view head) {
  return std::any_of(std::begin(kSignatures), std::end(kSignatures),
                     [&](const Signature& signature) {
                       return head.size() >= signature.offset &&
                              head.substr(signature.offset).starts_with(signature.bytes);
                     });
}

}  // namespace msc
