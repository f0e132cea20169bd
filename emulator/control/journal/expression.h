#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/base/result.h"

namespace msc::control {

// How many compiled regular expressions there may be at once: in faults, and in requests that
// search or wait. Thread-safe.
class ExpressionBudget {
 public:
  static constexpr std::size_t kMost = 256;

  // A place that was taken; given back by the destructor.
  class Place {
   public:
    explicit Place(ExpressionBudget& budget) : budget_(budget) {}
    ~Place() { --budget_.used_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    ExpressionBudget& budget_;
  };

  // Takes a place; null if there are kMost already. REQUIRES: the budget outlives the place.
  std::unique_ptr<Place> Take();

 private:
  std::atomic<std::size_t> used_ = 0;
};

// A compiled regular expression (RE2). Takes at most 256 KiB, and matches in time linear in the
// text. Immutable, thread-safe.
class Expression {
 public:
  // kInvalidArgument for an expression that is invalid or too large; kLimitReached if `budget` has
  // no room. REQUIRES: `budget` outlives the expression.
  static Result<std::shared_ptr<const Expression>> Compile(const std::string& text,
                                                           ExpressionBudget& budget);
  ~Expression();
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;

  // Whether the whole text matches.
  bool Fits(std::string_view text) const;

  // The size of the compiled program.
  std::size_t steps() const;

 private:
  struct Program;
  Expression(const std::string& text, std::unique_ptr<ExpressionBudget::Place> place);

  const std::unique_ptr<ExpressionBudget::Place> place_;
  const std::unique_ptr<const Program> program_;
};

}  // namespace msc::control
