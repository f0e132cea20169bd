#include "emulator/base/quoted.h"

#include <gtest/gtest.h>

namespace msc {
namespace {

TEST(Quoted, IsOneLineOfAscii) {
  EXPECT_EQ(Quoted("a b"), "'a b'");
  EXPECT_EQ(Quoted(std::string_view("\0\r\n\xC3\xA4", 5)), '\'' + std::string(5, '?') + '\'');
}

TEST(Quoted, IsShort) {
  EXPECT_EQ(Quoted(std::string(81, 'x')), '\'' + std::string(80, 'x') + "...'");
}

}  // namespace
}  // namespace msc
