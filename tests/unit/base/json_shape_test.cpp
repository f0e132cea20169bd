#include "emulator/base/json_shape.h"

#include <gtest/gtest.h>

namespace msc {
namespace {

std::string Members(std::size_t count) {
  std::string json = "{";
  for (std::size_t i = 0; i < count; ++i) json += "\"a" + std::to_string(i) + "\":1,";
  json.back() = '}';
  return json;
}

std::string Nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonShape, AllowsSoManyMembersInEachObject) {
  EXPECT_FALSE(JsonShapeProblem(Members(kMostJsonMembers)));
  EXPECT_FALSE(JsonShapeProblem('[' + Members(900) + ',' + Members(900) + ']'));
  EXPECT_TRUE(JsonShapeProblem(Members(kMostJsonMembers + 1)));
  EXPECT_TRUE(JsonShapeProblem("{\"a\":[" + Members(kMostJsonMembers + 1) + "]}"));
}

TEST(JsonShape, AllowsSoMuchNesting) {
  EXPECT_FALSE(JsonShapeProblem(Nested(kDeepestJson)));
  EXPECT_TRUE(JsonShapeProblem(Nested(kDeepestJson + 1)));
}

TEST(JsonShape, DoesNotLookIntoStrings) {
  EXPECT_FALSE(
      JsonShapeProblem("[\"" + std::string(5'000, '[') + "\\\"" + std::string(5'000, ':') + "\"]"));
}

TEST(JsonShape, TakesTextThatIsNoJson) {
  for (const char* text : {"", "\"", "\"\\", "]", "}{", "{\"a\":\"", "::", "[\"\\\\\"]"}) {
    EXPECT_FALSE(JsonShapeProblem(text)) << text;
  }
}

}  // namespace
}  // namespace msc
