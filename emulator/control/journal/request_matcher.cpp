#include "emulator/control/journal/request_matcher.h"

#include <re2/re2.h>

#include <algorithm>

#include "emulator/base/text.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

constexpr std::size_t kLongestExpression = 4096;
constexpr std::string_view kAnyMethod = "ANY";  // As in WireMock.

Result<std::shared_ptr<const re2::RE2>> Compile(const std::string& text) {
  if (text.size() > kLongestExpression) {
    return Error{
        ControlError::kInvalidArgument,
        "a regular expression has at most " + std::to_string(kLongestExpression) + " characters"};
  }
  auto expression = std::make_shared<const re2::RE2>(text, re2::RE2::Quiet);
  if (!expression->ok()) {
    return Error{ControlError::kInvalidArgument,
                 "'" + text + "' is no regular expression (RE2): " + expression->error()};
  }
  return expression;
}

Status CheckMethod(const std::string& method) {
  std::string upper = method;
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper.empty() || upper == kAnyMethod || http::ParseMethod(upper)) return Done{};
  return Error{ControlError::kInvalidArgument,
               "method: '" + method + "' is not allowed; it must be one of HTTP's, or ANY"};
}

std::string Shown(std::optional<Operation> operation) {
  return operation ? std::string(Name(*operation)) : "none";
}

}  // namespace

Result<RequestMatcher> RequestMatcher::Make(RequestPattern pattern) {
  if (auto method = CheckMethod(pattern.method); !method) return method.error();
  RequestMatcher matcher;
  if (!pattern.url_path_pattern.empty()) {
    auto path = Compile(pattern.url_path_pattern);
    if (!path) return path.error();
    matcher.path_ = *std::move(path);
  }
  for (const auto& [name, text] : pattern.headers) {
    HeaderMatcher header{.name = name, .text = text, .expression = nullptr};
    if (text.matches) {
      auto expression = Compile(*text.matches);
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
         EqualsIgnoringCase(pattern_.method, Name(record.method));
}

bool RequestMatcher::FitsUrl(const RequestRecord& record) const {
  return pattern_.url.empty() || pattern_.url == record.target;
}

bool RequestMatcher::FitsPath(const RequestRecord& record) const {
  if (!path_) return true;
  const auto path = record.path();
  return re2::RE2::FullMatch(re2::StringPiece(path.data(), path.size()), *path_);
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
         (!matcher.expression ||
          re2::RE2::FullMatch(re2::StringPiece(value->data(), value->size()), *matcher.expression));
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
  expect(FitsMethod(record), "method", Name(record.method));
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
