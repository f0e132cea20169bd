#include "emulator/http/router.h"

#include <algorithm>
#include <exception>
#include <span>
#include <stdexcept>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/http/http_error.h"

namespace msc::http {
namespace {

Error NotAllowed(Method method, const std::vector<Method>& allowed) {
  AllowedMethods facts;
  for (const Method other : allowed) facts.names.emplace_back(Name(other));
  Error error{.code = HttpError::kMethodNotAllowed, .facts = std::move(facts)};
  error.message = std::string(Name(method)) + " is not allowed here, but " + AllowValue(error);
  return error;
}

template <typename Value>
void AddOnce(std::vector<Value>& values, const Value& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

Response Nothing(int status) { return {.status = status, .headers = {{"Content-Length", "0"}}}; }

bool Holds(const QueryParameters& conditions, const QueryParameters& parameters) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const auto& condition) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const auto& parameter) {
      return EqualsIgnoringCase(parameter.first, condition.first) &&
             (condition.second.empty() || EqualsIgnoringCase(parameter.second, condition.second));
    });
  });
}

// What is between the slashes of a path; none if it does not begin with one.
std::vector<std::optional<std::string>> Segments(std::string_view path) {
  if (!path.starts_with('/')) return {};
  const auto raw = Split(path.substr(1), '/');
  std::vector<std::optional<std::string>> segments;
  segments.reserve(raw.size());
  for (const auto segment : raw) segments.push_back(PercentDecode(segment));
  return segments;
}

using PathEnd = std::span<const std::optional<std::string>>;

// Whether the rest of the path is not empty.
bool IsRest(PathEnd end) {
  return (end.size() > 1 || end.front() != "") &&
         std::all_of(end.begin(), end.end(), [](const auto& segment) { return segment; });
}

std::string JoinRest(PathEnd end) {
  std::string rest = *end.front();
  for (const auto& segment : end.subspan(1)) rest.append(1, '/').append(*segment);
  return rest;
}

}  // namespace

Router::Router(std::vector<Route> routes, ResponseHooks hooks, Log log)
    : hooks_(std::move(hooks)), log_(std::move(log)) {
  for (auto& route : routes) routes_.push_back(Compile(std::move(route)));
  for (const auto& compiled : routes_) {
    for (const auto& [name, value] : compiled.conditions) AddOnce(condition_names_, name);
  }
}

Router::Compiled Router::Compile(Route route) {
  const std::string_view pattern = route.pattern;
  const auto mark = pattern.find('?');
  Compiled compiled{.route = std::move(route), .segments = {}, .conditions = {}};
  for (const auto segment : Split(pattern.substr(1, mark - 1), '/')) {
    compiled.segments.push_back(CompileSegment(segment));
  }
  if (mark != std::string_view::npos) {
    const Request conditions{.target = std::string(pattern.substr(mark))};
    compiled.conditions = conditions.parameters();
  }
  return compiled;
}

Router::Segment Router::CompileSegment(std::string_view text) {
  const auto open = text.find('{'), close = text.find('}');
  if (open == std::string_view::npos) return {Segment::Kind::kLiteral, std::string(text)};
  const auto name = text.substr(open + 1, close - open - 1);
  if (name.ends_with('*')) {
    return {Segment::Kind::kRest, std::string(name.substr(0, name.size() - 1))};
  }
  return {Segment::Kind::kOne, std::string(name), std::string(text.substr(0, open)),
          std::string(text.substr(close + 1))};
}

bool Router::IsSame(std::string_view text, std::string_view literal) const {
  return hooks_.ignore_case ? EqualsIgnoringCase(text, literal) : text == literal;
}

bool Router::FitsSegment(const Segment& segment, std::string_view text) const {
  if (segment.kind == Segment::Kind::kLiteral) return IsSame(text, segment.text);
  const auto& [kind, name, before, after] = segment;
  return text.size() > before.size() + after.size() &&
         IsSame(text.substr(0, before.size()), before) &&
         IsSame(text.substr(text.size() - after.size()), after);
}

// Whether all literal segments are equal and no captured segment is empty. Segments are decoded one
// by one, so that an encoded slash stays inside its segment.
bool Router::FitsPath(const Compiled& compiled, const Path& path) const {
  const auto& segments = compiled.segments;
  if (path.size() < segments.size()) return false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].kind == Segment::Kind::kRest) return IsRest(std::span(path).subspan(i));
    if (!path[i] || !FitsSegment(segments[i], *path[i])) return false;
  }
  const bool ends_in_slash = path.size() == segments.size() + 1 && path.back() == "";
  return path.size() == segments.size() || ends_in_slash;
}

QueryParameters Router::ParametersThatCount(const Request& request) const {
  QueryParameters counting;
  if (condition_names_.empty()) return counting;  // Then the query need not be decoded.
  for (const auto& parameter : request.parameters()) {
    const bool counts = std::any_of(
        condition_names_.begin(), condition_names_.end(),
        [&](const std::string& name) { return EqualsIgnoringCase(parameter.first, name); });
    if (counts) counting.push_back(parameter);
  }
  return counting;
}

bool Router::Fits(const Compiled& compiled, const Path& path,
                  const QueryParameters& parameters) const {
  return Holds(compiled.conditions, parameters) && FitsPath(compiled, path);
}

// REQUIRES: the path matches.
QueryParameters Router::Captures(const Compiled& compiled, const Path& path) {
  QueryParameters captures;
  for (std::size_t i = 0; i < compiled.segments.size(); ++i) {
    const auto& [kind, name, before, after] = compiled.segments[i];
    if (kind == Segment::Kind::kOne) {
      const auto& text = *path[i];
      captures.emplace_back(name,
                            text.substr(before.size(), text.size() - before.size() - after.size()));
    }
    if (kind == Segment::Kind::kRest) {
      captures.emplace_back(name, JoinRest(std::span(path).subspan(i)));
    }
  }
  return captures;
}

std::vector<Method> Router::Allowed(const Path& path, const QueryParameters& parameters) const {
  std::vector<Method> allowed;
  for (const auto& compiled : routes_) {
    if (!Fits(compiled, path, parameters)) continue;
    AddOnce(allowed, compiled.route.method);
    if (compiled.route.method == Method::kGet) AddOnce(allowed, Method::kHead);
  }
  return allowed;
}

Router::Match Router::Find(const Request& request) const {
  const Path path = Segments(request.path());
  const QueryParameters parameters = ParametersThatCount(request);
  const Compiled* found = nullptr;
  for (const auto& compiled : routes_) {
    const Method method = compiled.route.method;
    const bool exact = method == request.method;
    const bool get_for_head = request.method == Method::kHead && method == Method::kGet;
    const bool better = found == nullptr || (exact && found->route.method != method);
    if ((!exact && !get_for_head) || !better || !Fits(compiled, path, parameters)) continue;
    found = &compiled;
    if (exact) break;
  }
  if (found == nullptr) return {.allowed = Allowed(path, parameters)};
  return {.route = &found->route, .captures = Captures(*found, path)};
}

Result<Response> Router::Handle(Request& request, Match match) const {
  if (hooks_.on_request) {
    auto early = hooks_.on_request(request);
    if (!early) return early.error();
    if (*early) return std::move(**early);
  }
  if (match.route != nullptr) {
    const auto& route = *match.route;
    request.captures = std::move(match.captures);
    if (request.body != nullptr) {
      request.body->Limit(route.body_limit);
      if (request.body->size().value_or(0) > route.body_limit) {
        return Error{HttpError::kBodyTooLarge,
                     "a body here has at most " + std::to_string(route.body_limit) + " bytes"};
      }
    }
    return route.handler(request);
  }
  if (match.allowed.empty()) {
    return Error{HttpError::kRouteNotFound, "nothing is at " + std::string(request.path())};
  }
  if (request.method == Method::kOptions) {
    const Error others = NotAllowed(request.method, match.allowed);
    return Response{.headers = {{"Allow", AllowValue(others)}, {"Content-Length", "0"}}};
  }
  return NotAllowed(request.method, match.allowed);
}

Response Router::RenderError(const Request& request, const Error& error) const {
  Response response = hooks_.render_error(request, error);
  response.error = std::make_shared<const Error>(error);
  return response;
}

Response Router::Dispatch(Request& request) const noexcept {
  try {
    return Answer(request, Find(request));
  } catch (...) {  // Out of memory.
    return Nothing(500);
  }
}

Response Router::Answer(Request& request, Match match) const noexcept {
  Response response;
  try {
    try {
      auto result = Handle(request, std::move(match));
      response = result ? *std::move(result) : RenderError(request, result.error());
    } catch (const std::exception& error) {
      log_(LogLevel::kError, std::string(Name(request.method)) + ' ' + std::string(request.path()) +
                                 " failed: " + error.what());
      response = RenderError(request,
                             {HttpError::kInternalError, "the emulator failed; its log says why"});
    }
    if (hooks_.on_response) hooks_.on_response(request, response);
  } catch (...) {  // The error could not be rendered, for example because memory is full.
    return Nothing(500);
  }
  return response;
}

Response Router::RenderInjectedError(const Request& request, int status,
                                     std::string_view code) const {
  const bool is_error = status >= 400 && hooks_.render_injected_error;
  Response response = is_error ? hooks_.render_injected_error(request, status, code) : Response();
  response.status = status;
  if (hooks_.on_response) hooks_.on_response(request, response);
  if (status == 204 || status == 304) {
    std::erase_if(response.headers, [](const Header& header) {
      return EqualsIgnoringCase(header.name, "Content-Length");
    });
  }
  return response;
}

std::vector<const Route*> Router::routes() const {
  std::vector<const Route*> routes;
  for (const auto& compiled : routes_) routes.push_back(&compiled.route);
  return routes;
}

}  // namespace msc::http
