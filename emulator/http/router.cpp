#include "emulator/http/router.h"

#include <algorithm>
#include <exception>
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

void AddOnce(std::vector<Method>& methods, Method method) {
  if (std::find(methods.begin(), methods.end(), method) == methods.end()) methods.push_back(method);
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

}  // namespace

Router::Router(std::vector<Route> routes, ResponseHooks hooks, Log log)
    : hooks_(std::move(hooks)), log_(std::move(log)) {
  for (auto& route : routes) routes_.push_back(Compile(std::move(route)));
}

Router::Compiled Router::Compile(Route route) {
  const std::string_view pattern = route.pattern;
  const auto mark = pattern.find('?');
  Compiled compiled{.route = std::move(route), .segments = {}, .conditions = {}};
  for (const auto segment : Split(pattern.substr(1, mark - 1), '/')) {
    if (segment.ends_with("*}")) {
      compiled.segments.push_back(
          {Segment::Kind::kRest, std::string(segment.substr(1, segment.size() - 3))});
    } else if (segment.starts_with('{')) {
      compiled.segments.push_back(
          {Segment::Kind::kOne, std::string(segment.substr(1, segment.size() - 2))});
    } else {
      compiled.segments.push_back({Segment::Kind::kLiteral, std::string(segment)});
    }
  }
  if (mark != std::string_view::npos) {
    const Request conditions{.target = std::string(pattern.substr(mark))};
    compiled.conditions = conditions.parameters();
  }
  return compiled;
}

// The captures where the path fits; segments are decoded one by one, so that an encoded slash stays
// inside its segment.
std::optional<QueryParameters> Router::Fit(const Compiled& compiled, const Request& request) const {
  std::string_view rest = request.path();
  if (!rest.starts_with('/')) return std::nullopt;
  QueryParameters captures;
  for (const auto& segment : compiled.segments) {
    if (!rest.starts_with('/')) return std::nullopt;
    rest.remove_prefix(1);
    const auto raw = segment.kind == Segment::Kind::kRest ? rest : rest.substr(0, rest.find('/'));
    auto text = PercentDecode(raw);
    if (!text) return std::nullopt;
    if (segment.kind == Segment::Kind::kLiteral) {
      const bool same =
          hooks_.ignore_case ? EqualsIgnoringCase(*text, segment.text) : *text == segment.text;
      if (!same) return std::nullopt;
    } else {
      if (text->empty()) return std::nullopt;
      captures.emplace_back(segment.text, std::move(*text));
    }
    rest.remove_prefix(raw.size());
  }
  if (!rest.empty() && rest != "/") return std::nullopt;
  return captures;
}

Router::Match Router::Find(const Request& request) const {
  Match match;
  std::optional<QueryParameters> parameters;
  for (const auto& compiled : routes_) {
    auto captures = Fit(compiled, request);
    if (!captures) continue;
    if (!compiled.conditions.empty()) {
      if (!parameters) parameters = request.parameters();
      if (!Holds(compiled.conditions, *parameters)) continue;
    }
    const Method method = compiled.route.method;
    AddOnce(match.allowed, method);
    if (method == Method::kGet) AddOnce(match.allowed, Method::kHead);
    const bool exact = method == request.method;
    const bool get_for_head = request.method == Method::kHead && method == Method::kGet;
    const bool better = exact && match.route != nullptr && match.route->method != method;
    if ((exact || get_for_head) && (match.route == nullptr || better)) {
      match.route = &compiled.route;
      match.captures = std::move(*captures);
    }
  }
  return match;
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
  } catch (...) {  // No memory.
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
  } catch (...) {  // Not even the error could be told, as when memory is gone.
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
