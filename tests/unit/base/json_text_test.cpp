#include "emulator/base/json_text.h"

#include <gtest/gtest.h>

#include <string_view>

namespace msc {
namespace {

using namespace std::string_view_literals;

TEST(JsonText, KeepsTheOrderOfItsMembers) {
  JsonText object;
  object.Text("b", "x").Null("a").Number("c", -7);

  EXPECT_EQ(object.Finish(), R"({"b":"x","a":null,"c":-7})");
}

TEST(JsonText, OfNoMembersIsAnEmptyObject) { EXPECT_EQ(JsonText().Finish(), "{}"); }

TEST(JsonText, EscapesWhatJsonDoes) {
  EXPECT_EQ(JsonText().Text("a", "\"\\/\b\f\n\r\t\0\x1F\x7F"sv).Finish(),
            "{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7F\"}");
}

TEST(JsonText, LeavesUtf8AsItIs) {
  EXPECT_EQ(JsonText().Text("a", "ü…😀").Finish(), "{\"a\":\"ü…😀\"}");
}

}  // namespace
}  // namespace msc
