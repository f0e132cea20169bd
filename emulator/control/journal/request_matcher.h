#pragma once

#include <msc/fault.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/control/journal/expression.h"
#include "emulator/control/journal/request_record.h"

namespace msc::control {

// A compiled RequestPattern. Immutable, thread-safe; copies share the compiled expressions.
class RequestMatcher {
 public:
  // Matches any request.
  RequestMatcher() = default;

  // kInvalidArgument for an invalid expression or method, or expressions that are too large
  // together; kLimitReached if `budget` has no room. REQUIRES: `budget` outlives the matcher.
  static Result<RequestMatcher> Make(RequestPattern pattern, ExpressionBudget& budget);

  // `record` may have no response yet, unless the pattern has a status.
  bool Fits(const RequestRecord& record) const { return Fits(record, record.headers); }

  // The same, if the record does not have the request's headers yet.
  bool Fits(const RequestRecord& record, const http::Headers& headers) const;

  // The conditions that the request does not meet, in words; empty if it matches.
  std::vector<std::string> Misses(const RequestRecord& record) const;

  bool has_status() const { return pattern_.status.has_value(); }

 private:
  using SharedExpression = std::shared_ptr<const Expression>;

  struct HeaderMatcher {
    std::string name;
    TextPattern text;
    SharedExpression expression;  // Of text.matches.
  };

  bool FitsOperation(const RequestRecord& record) const;
  bool FitsVideo(const RequestRecord& record) const;
  bool FitsMethod(const RequestRecord& record) const;
  bool FitsUrl(const RequestRecord& record) const;
  bool FitsPath(const RequestRecord& record) const;
  bool FitsStatus(const RequestRecord& record) const;
  static bool FitsHeader(const HeaderMatcher& matcher, const http::Headers& headers);

  RequestPattern pattern_;
  SharedExpression path_;
  std::vector<HeaderMatcher> headers_;
};

}  // namespace msc::control
