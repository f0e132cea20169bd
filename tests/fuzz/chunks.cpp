// Chunked bodies: fed whole and byte by byte they must come out the same.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "emulator/http/chunk_decoder.h"

namespace {

using msc::http::ChunkDecoder;

// The data, then a letter for the state that was reached and the count of bytes that were taken.
std::string Decode(std::string_view input, std::size_t step) {
  ChunkDecoder decoder;
  std::string out;
  std::size_t at = 0;
  while (at < input.size()) {
    const auto piece = input.substr(at, step);
    if (decoder.state() == ChunkDecoder::State::kFraming) {
      at += decoder.Parse(piece);
    } else if (decoder.state() == ChunkDecoder::State::kData) {
      const auto count = std::min<std::uint64_t>(decoder.remaining(), piece.size());
      out += piece.substr(0, count);
      decoder.TakeData(count);
      at += count;
    } else {
      break;
    }
  }
  return out + static_cast<char>('0' + static_cast<int>(decoder.state())) + std::to_string(at);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (Decode(input, size) != Decode(input, 1)) std::abort();
  return 0;
}
