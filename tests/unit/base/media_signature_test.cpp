#include "emulator/base/media_signature.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace msc {
namespace {

using namespace std::string_literals;

TEST(MediaSignature, IsFoundInAClip) {
  std::ifstream clip(MSC_FIXTURES "/media/clip.mp4", std::ios::binary);

  EXPECT_TRUE(BeginsAsMedia(std::string(std::istreambuf_iterator<char>(clip), {})));
}

TEST(MediaSignature, IsFoundInATransportStream) {
  const std::string packet = "\x47" + std::string(187, '\0');

  EXPECT_TRUE(BeginsAsMedia(packet + packet));
  EXPECT_FALSE(BeginsAsMedia(packet));
}

TEST(MediaSignature, IsFoundInAnAudioFrame) {
  EXPECT_TRUE(BeginsAsMedia("\xFF\xFB\x90\x64"));
  EXPECT_TRUE(BeginsAsMedia("\xFF\xF1\x50\x80"));
}

TEST(MediaSignature, IsNotFoundInOtherFiles) {
  for (const auto& head :
       {""s, "hello"s, "#EXTM3U\n#EXTINF:1,\n/etc/passwd"s, "ffconcat version 1.0"s, "<html>"s,
        "{\"a\":1}"s, "\xFF\xFF\xFF\xFF"s, "\xFF"s, std::string(1000, '\0'), "PK\x03\x04"s}) {
    EXPECT_FALSE(BeginsAsMedia(head)) << head;
  }
}

}  // namespace
}  // namespace msc
