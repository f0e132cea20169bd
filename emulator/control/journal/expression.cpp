#include "emulator/control/journal/expression.h"

#include <re2/re2.h>

#include <cstdint>
#include <utility>

#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

constexpr std::size_t kLongestExpression = 4096;
constexpr std::int64_t kExpressionMemory = 256 * 1024;  // Bytes.

re2::RE2::Options ExpressionOptions() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(kExpressionMemory);
  options.set_never_capture(true);
  return options;
}

Error InvalidExpression(const std::string& text, const std::string& why) {
  return {ControlError::kInvalidArgument, "'" + text + "' is no regular expression (RE2): " + why};
}

}  // namespace

std::unique_ptr<ExpressionBudget::Place> ExpressionBudget::Take() {
  const bool has_room = used_.fetch_add(1) < kMost;
  auto place = std::make_unique<Place>(*this);
  return has_room ? std::move(place) : nullptr;
}

struct Expression::Program {
  explicit Program(const std::string& text) : expression(text, ExpressionOptions()) {}

  const re2::RE2 expression;
};

Expression::Expression(const std::string& text, std::unique_ptr<ExpressionBudget::Place> place)
    : place_(std::move(place)), program_(std::make_unique<const Program>(text)) {}

Expression::~Expression() = default;

Result<std::shared_ptr<const Expression>> Expression::Compile(const std::string& text,
                                                              ExpressionBudget& budget) {
  if (text.size() > kLongestExpression) {
    return Error{
        ControlError::kInvalidArgument,
        "a regular expression has at most " + std::to_string(kLongestExpression) + " characters"};
  }
  auto place = budget.Take();
  if (!place) {
    return Error{
        ControlError::kLimitReached,
        "there are " + std::to_string(ExpressionBudget::kMost) +
            " regular expressions in faults and in requests that wait, which is the limit"};
  }
  std::shared_ptr<const Expression> expression(new Expression(text, std::move(place)));
  const auto& compiled = expression->program_->expression;
  if (!compiled.ok()) return InvalidExpression(text, compiled.error());
  return expression;
}

bool Expression::Fits(std::string_view text) const {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), program_->expression);
}

std::size_t Expression::steps() const {
  return static_cast<std::size_t>(program_->expression.ProgramSize());
}

}  // namespace msc::control
