#pragma once

#include <msc/operation.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::http {

using Handler = std::function<Result<Response>(const Request&)>;

inline constexpr std::uint64_t kJsonBodyLimit = 1024 * 1024;
inline constexpr std::uint64_t kNoBodyLimit = UINT64_MAX;

// One line of a route table.
struct Route {
  Method method;

  // Segments: literal, `{name}` for one or for a part of one ("{file}.ism"), `{name*}` last for one
  // or more with the slashes between them. After a `?`, parameters that the query must have:
  // "comp=block", or a bare "restype" for any value. The first route that fits counts, so put the
  // more particular ones first.
  // REQUIRES: a constant, or it outlives the router.
  std::string_view pattern;

  Handler handler;

  // What a request for it is called; absent: it has no name outside.
  std::optional<Operation> operation = {};

  // Bytes of the longest body it takes.
  std::uint64_t body_limit = kJsonBodyLimit;

  // Whether the handler may take as long as its client or a timeout wants: ThreadUse::kLong.
  bool may_wait = false;
};

// What a subject adds to the router: the bytes of its errors, and what is done around each handler.
struct ResponseHooks {
  // The response to an error.
  std::function<Response(const Request&, const Error&)> render_error;

  // The response of an injected fault, which no handler gives: `status`, and an error code if the
  // subject has such ("": its own choice). Null: no body.
  std::function<Response(const Request&, int status, std::string_view code)> render_injected_error =
      nullptr;

  // Called last for every response, a handler's and render_error's alike; null: nothing to add.
  std::function<void(const Request&, Response&)> on_response = nullptr;

  // Called before the handler, and before it is known whether there is one; a Response ends it
  // there (a preflight, a sign-in that is missing). Null: nothing.
  std::function<Result<std::optional<Response>>(const Request&)> on_request = nullptr;

  // Whether literal segments match whatever their case.
  bool ignore_case = false;
};

// A route table that can be called, with or without a socket. Immutable, thread-safe.
class Router {
 public:
  Router(std::vector<Route> routes, ResponseHooks hooks, Log log = LogToStderr());

  // What was found out about a request from its method and target alone.
  struct Match {
    const Route* route = nullptr;      // Null: none matches.
    QueryParameters captures = {};     // As Request::captures.
    std::vector<Method> allowed = {};  // If none matches: by the routes of the same path.
  };

  Match Find(const Request& request) const;

  // Dispatch's second half: on_request, the handler, render_error if it returned an error, and
  // on_response, in that order. REQUIRES: `match` is what Find gave for the request.
  Response Answer(Request& request, Match match) const noexcept;

  // The response of an injected fault, as ResponseHooks::render_injected_error makes it.
  Response RenderInjectedError(const Request& request, int status, std::string_view code) const;

  std::vector<const Route*> routes() const;

  // The answer to `request`; a trailing slash makes no difference to routes without `{name*}`. HEAD
  // is answered as GET where no route has it; the server leaves out the body. A path that no route
  // has is kRouteNotFound, a method that it does not have kMethodNotAllowed. OPTIONS is answered
  // with `Allow` if no route has it. An exception is logged and becomes a 500.
  Response Dispatch(Request& request) const noexcept;

 private:
  struct Segment {
    enum class Kind { kLiteral, kOne, kRest } kind;
    std::string text;         // The literal, or the name of what is captured.
    std::string before = {};  // What stands before and after it in the segment, if it is kOne.
    std::string after = {};
  };
  struct Compiled {
    Route route;
    std::vector<Segment> segments;
    QueryParameters conditions;
  };

  // What a path has between its slashes, decoded; nullopt: it cannot be decoded.
  using Path = std::vector<std::optional<std::string>>;

  static Compiled Compile(Route route);
  static Segment CompileSegment(std::string_view text);
  // Of a request: those that are a condition of any route. Few requests have one.
  QueryParameters ParametersThatCount(const Request& request) const;

  bool Fits(const Compiled& compiled, const Path& path, const QueryParameters& parameters) const;
  bool FitsPath(const Compiled& compiled, const Path& path) const;
  bool FitsSegment(const Segment& segment, std::string_view text) const;
  bool IsSame(std::string_view text, std::string_view literal) const;
  static QueryParameters Captures(const Compiled& compiled, const Path& path);
  std::vector<Method> Allowed(const Path& path, const QueryParameters& parameters) const;
  Result<Response> Handle(Request& request, Match match) const;
  Response RenderError(const Request& request, const Error& error) const;

  std::vector<Compiled> routes_;
  std::vector<std::string> condition_names_;  // Of all routes, each once.
  ResponseHooks hooks_;
  Log log_;
};

}  // namespace msc::http
