#include "emulator/control/journal/request_matcher.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

// Of all expressions of a pattern; matching takes time in proportion to them.
constexpr std::size_t kMostSteps = 2000;
constexpr std::string_view kAnyMethod = "ANY";  // As in WireMock.

Status CheckMethod(const std::string& method) {
  std::string upper = method;
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper.empty() || upper == kAnyMethod || http::ParseMethod(upper)) return Done{};
  return Error{ControlError::kInvalidArgument,
               "method: '" + method + "' is not allowed; it must be one of HTTP's, or ANY"};
}

Error TooManySteps(std::size_t steps) {
  return {ControlError::kInvalidArgument,
          "the regular expressions of a pattern are too large together: " + std::to_string(steps) +
              " steps; at most " + std::to_string(kMostSteps) + " are allowed"};
}

std::string Shown(std::optional<Operation> operation) {
  return operation ? std::string(Name(*operation)) : "none";
}

}  // namespace

Result<RequestMatcher> RequestMatcher::Make(RequestPattern pattern, ExpressionBudget& budget) {
  if (auto method = CheckMethod(pattern.method); !method) return method.error();
  RequestMatcher matcher;
  std::size_t steps = 0;
  const auto compile = [&](const std::string& text) -> Result<SharedExpression> {
    auto expression = Expression::Compile(text, budget);
    if (expression) steps += (*expression)->steps();
    if (steps > kMostSteps) return TooManySteps(steps);
    return expression;
  };
  if (!pattern.url_path_pattern.empty()) {
    auto path = compile(pattern.url_path_pattern);
    if (!path) return path.error();
    matcher.path_ = *std::move(path);
  }
  for (const auto& [name, text] : pattern.headers) {
    HeaderMatcher header{.name = name, .text = text, .expression = nullptr};
    if (text.matches) {
      auto expression = compile(*text.matches);
      if (!expression) return expression.error();
      header.expression = *std::move(expression);
    }
    matcher.headers_.push_back(std::move(header));
  }
  pattern.video_id = pattern.video_id == "*" ? "" : ToLower(pattern.video_id);
  matcher.pattern_ = std::move(pattern);
  return matcher;
}

bool RequestMatcher::FitsOperation(const RequestRecord& record) const {
  return !pattern_.operation || pattern_.operation == record.operation;
}

bool RequestMatcher::FitsVideo(const RequestRecord& record) const {
  return pattern_.video_id.empty() || pattern_.video_id == record.video_id;
}

bool RequestMatcher::FitsMethod(const RequestRecord& record) const {
  return pattern_.method.empty() || EqualsIgnoringCase(pattern_.method, kAnyMethod) ||
         EqualsIgnoringCase(pattern_.method, record.method_name());
}

bool RequestMatcher::FitsUrl(const RequestRecord& record) const {
  return pattern_.url.empty() || pattern_.url == record.target;
}

bool RequestMatcher::FitsPath(const RequestRecord& record) const {
  return !path_ || path_->Fits(record.path());
}

bool RequestMatcher::FitsStatus(const RequestRecord& record) const {
  return !pattern_.status || *pattern_.status == record.status;
}

bool RequestMatcher::FitsHeader(const HeaderMatcher& matcher, const http::Headers& headers) {
  const auto value = http::Find(headers, matcher.name);
  if (matcher.text.absent) return !value;
  if (!value) return false;
  const auto& text = matcher.text;
  return (!text.equal_to || *text.equal_to == *value) &&
         (!text.contains || value->find(*text.contains) != std::string_view::npos) &&
         (!matcher.expression || matcher.expression->Fits(*value));
}

bool RequestMatcher::Fits(const RequestRecord& record, const http::Headers& headers) const {
  return FitsOperation(record) && FitsVideo(record) && FitsMethod(record) && FitsUrl(record) &&
         FitsPath(record) && FitsStatus(record) &&
         std::all_of(headers_.begin(), headers_.end(),
                     [&](const HeaderMatcher& header) { return FitsHeader(header, headers); });
}

std::vector<std::string> RequestMatcher::Misses(const RequestRecord& record) const {
  std::vector<std::string> misses;
  const auto expect = [&misses](bool fits, std::string_view what, std::string_view found) {
    if (!fits) misses.push_back(std::string(what) + " is " + std::string(found));
  };
  expect(FitsOperation(record), "operation", Shown(record.operation));
  expect(FitsVideo(record), "videoId", record.video_id.empty() ? "none" : record.video_id);
  expect(FitsMethod(record), "method", record.method_name());
  expect(FitsUrl(record), "url", record.target);
  expect(FitsPath(record), "path", record.path());
  expect(FitsStatus(record), "status", std::to_string(record.status));
  for (const auto& header : headers_) {
    expect(FitsHeader(header, record.headers), "header " + header.name,
           http::Find(record.headers, header.name).value_or("absent"));
  }
  return misses;
}

}  // namespace msc::control
