#include "emulator/base/json_problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msc {
namespace {

using ::testing::StartsWith;

TEST(JsonProblem, IsNothingInJson) {
  for (const char* text : {"{}", "[1,2.5,-3,true,null,\"a\"]", "\r\n{\"a\":\r\n{}}\r\n", "5"}) {
    EXPECT_EQ(JsonProblem(text), "") << text;
  }
}

TEST(JsonProblem, TellsLineAndColumn) {
  EXPECT_THAT(JsonProblem("{\"a\":1,}"), StartsWith("line 1, column 8: syntax error"));
  EXPECT_THAT(JsonProblem("{\n  \"a\": }"), StartsWith("line 2, column 8: syntax error"));
  EXPECT_THAT(JsonProblem(""), StartsWith("line 1, column 1: syntax error"));
}

}  // namespace
}  // namespace msc
