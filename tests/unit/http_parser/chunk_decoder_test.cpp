#include "emulator/http/chunk_decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace msc::http {
namespace {

using State = ChunkDecoder::State;

struct Decoded {
  State state;
  std::string data;
  std::string rest;
};

// Feeds `input` in pieces of `step` bytes.
Decoded Decode(const std::string& input, std::size_t step) {
  ChunkDecoder decoder;
  std::string data;
  std::size_t at = 0;
  while (at < input.size()) {
    const auto piece = std::string_view(input).substr(at, step);
    if (decoder.state() == State::kFraming) {
      at += decoder.Parse(piece);
    } else if (decoder.state() == State::kData) {
      const auto count = std::min<std::uint64_t>(decoder.remaining(), piece.size());
      data += piece.substr(0, count);
      decoder.TakeData(count);
      at += count;
    } else {
      break;
    }
  }
  return {decoder.state(), data, input.substr(at)};
}

class ChunkDecoderSteps : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ChunkDecoderSteps, JoinsChunksAndLeavesWhatFollows) {
  const auto decoded = Decode(
      "4\r\nWiki\r\n0A;name=\"v\"\r\npedia is a\r\n0\r\nTrailer: x\r\n\r\nGET /", GetParam());

  EXPECT_EQ(decoded.state, State::kEnd);
  EXPECT_EQ(decoded.data, "Wikipedia is a");
  EXPECT_EQ(decoded.rest, "GET /");
}

INSTANTIATE_TEST_SUITE_P(Bytes, ChunkDecoderSteps, ::testing::Values(1, 2, 3, 7, 1000));

class BadChunks : public ::testing::TestWithParam<std::string> {};

TEST_P(BadChunks, AreRefused) { EXPECT_EQ(Decode(GetParam(), 1).state, State::kBad); }

INSTANTIATE_TEST_SUITE_P(All, BadChunks,
                         ::testing::Values("\r\n", "x\r\n", "-1\r\n", "0x4\r\nWiki\r\n",
                                           " 4\r\nWiki", "4\nWiki\r\n", "4\rWiki",
                                           "4 4\r\nWiki\r\n", "4\r\nWikiX\r\n", "4\r\nWiki\n",
                                           "11111111111111111\r\n", "0\r\nX: y\n\r\n", "4;\x01\r\n",
                                           "1;" + std::string(5000, 'e') + "\r\n",
                                           "0\r\n" + std::string(9000, 't') + "\r\n\r\n"));

TEST(ChunkDecoder, WaitsForTheEndOfEveryCutBody) {
  const std::string whole = "4\r\nWiki\r\n0\r\n\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto state = Decode(whole.substr(0, size), 1).state;
    EXPECT_TRUE(state == State::kFraming || state == State::kData) << size;
  }
}

}  // namespace
}  // namespace msc::http
