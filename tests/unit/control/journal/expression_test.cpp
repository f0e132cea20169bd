#include "emulator/control/journal/expression.h"

#include <gmock/gmock.h>

#include <vector>

#include "emulator/control/error/control_error.h"
#include "emulator/control/journal/request_matcher.h"

namespace msc::control {
namespace {

using ::testing::HasSubstr;

TEST(Expression, MatchesTheWholeText) {
  ExpressionBudget budget;
  const auto expression = Expression::Compile("/a(b|c)+", budget);

  ASSERT_TRUE(expression);
  EXPECT_TRUE((*expression)->Fits("/abcb"));
  EXPECT_FALSE((*expression)->Fits("/abcd"));
}

TEST(Expression, IsNotTooLarge) {
  ExpressionBudget budget;

  for (const char* text : {"(\\pL{10}){100}", "((a{10}){10}){10}\\pL{900}"}) {
    const auto expression = Expression::Compile(text, budget);

    ASSERT_FALSE(expression) << text;
    EXPECT_EQ(expression.error().code, ControlError::kInvalidArgument);
  }
}

TEST(Expression, IsOneOfSoMany) {
  ExpressionBudget budget;
  std::vector<std::shared_ptr<const Expression>> kept;
  for (std::size_t i = 0; i < ExpressionBudget::kMost; ++i) {
    kept.push_back(*Expression::Compile("a", budget));
  }

  EXPECT_EQ(Expression::Compile("a", budget).error().code, ControlError::kLimitReached);

  kept.pop_back();
  EXPECT_TRUE(Expression::Compile("a", budget));
}

TEST(RequestMatcher, HasExpressionsThatAreNotTooLargeTogether) {
  ExpressionBudget budget;
  RequestPattern pattern;
  for (int i = 0; i < 8; ++i) {
    pattern.headers.emplace_back("x" + std::to_string(i), TextPattern{.matches = "a{1000}"});
  }

  const auto matcher = RequestMatcher::Make(pattern, budget);

  ASSERT_FALSE(matcher);
  EXPECT_THAT(matcher.error().message, HasSubstr("too large together"));
}

}  // namespace
}  // namespace msc::control
