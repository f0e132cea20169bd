#include "emulator/control/api/control_service.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/base/nearest.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/control/api/answers.h"
#include "emulator/control/api/problem.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/explain/nearest_route.h"
#include "emulator/control/json/render.h"
#include "emulator/http/http_error.h"

namespace msc::control {
namespace {

std::vector<RouteName> RouteNamesOf(const ControlRoutes& routes) {
  std::vector<RouteName> names;
  for (const auto& route : routes) names.push_back({route.method, std::string(route.pattern)});
  return names;
}

// The error, with the nearest route if none matched.
Error WithNearest(Error error, const std::vector<RouteName>& routes, const http::Request& request) {
  if (error.code != http::HttpError::kRouteNotFound) return error;
  if (const auto nearest = NearestRoute(routes, request.method, request.path())) {
    error.message +=
        "; the nearest is " + std::string(http::Name(nearest->method)) + ' ' + nearest->path;
  }
  return error;
}

http::ResponseHooks ResponseHooksOf(const Guard& guard, const Clock& clock,
                                    const ControlRoutes& routes) {
  return {
      .render_error =
          [names = RouteNamesOf(routes)](const http::Request& request, const Error& error) {
            return Problem(WithNearest(error, names, request));
          },
      .on_response =
          [&clock](const http::Request&, http::Response& response) {
            response.headers.push_back({"Cache-Control", "no-store"});
            if (!response.source || !response.source->is_stream()) {
              response.headers.push_back({"Content-Length", std::to_string(response.body_size())});
            }
            response.headers.push_back({"Date", FormatHttpDate(clock.Now())});
          },
      .on_request =
          [&guard](const http::Request& request) -> Result<std::optional<http::Response>> {
        if (auto allowed = guard.Check(request); !allowed) return allowed.error();
        return std::optional<http::Response>();
      },
  };
}

// kInvalidArgument for a parameter that the route does not know, or that is there twice.
Status CheckParameters(const http::Request& request, const std::vector<std::string_view>& known) {
  std::vector<std::string_view> seen;
  for (const auto& parameter : request.parameters()) {
    const std::string& name = parameter.first;
    const bool is_repeated = std::any_of(seen.begin(), seen.end(), [&](std::string_view each) {
      return EqualsIgnoringCase(each, name);
    });
    if (is_repeated) {
      return Error{ControlError::kInvalidArgument, "the parameter '" + name + "' is there twice"};
    }
    seen.push_back(name);
    const bool is_known = std::any_of(known.begin(), known.end(), [&](std::string_view each) {
      return EqualsIgnoringCase(each, name);
    });
    if (is_known) continue;
    std::string names;
    for (const auto each : known) names += (names.empty() ? "" : ", ") + std::string(each);
    return Error{ControlError::kInvalidArgument,
                 "the parameter '" + name + "' is not known here; " +
                     (names.empty() ? "there are none" : "known: " + names) +
                     DidYouMean(name, known)};
  }
  return Done{};
}

http::Handler Checked(const ControlRoute& route) {
  return [handler = route.handler,
          known = route.parameters](const http::Request& request) -> Result<http::Response> {
    if (auto checked = CheckParameters(request, known); !checked) return checked.error();
    return handler(request);
  };
}

std::vector<http::Route> ToRoutes(const ControlRoutes& routes) {
  std::vector<http::Route> out;
  for (const auto& route : routes)
    out.push_back({route.method, route.pattern, Checked(route), std::nullopt, route.body_limit,
                   route.may_wait});
  return out;
}

}  // namespace

ControlService::ControlService(ControlOptions options, ControlPlane& control_plane,
                               const Seeder& seeder, Log log)
    : guard_(std::move(options.guard)),
      version_(options.version),
      clock_(control_plane),
      documents_(options.version, [this] { return Routes(); }),
      faults_(control_plane),
      info_(control_plane, options.version, std::move(options.config)),
      copies_(control_plane),
      programs_(control_plane, options.processing_time),
      requests_(control_plane),
      state_(control_plane, std::move(options.shutdown)),
      videos_(control_plane, seeder),
      router_(ToRoutes(Routes()), ResponseHooksOf(guard_, control_plane.clock(), Routes()),
              std::move(log)) {}

http::Response ControlService::Index() const {
  Json routes = Json::array();
  for (const auto& route : Routes()) {
    routes.push_back({{"method", http::Name(route.method)},
                      {"path", route.pattern},
                      {"operationId", route.operation_id}});
  }
  return JsonAnswer({{"message", "The control API of the Media Services Connector Emulator"},
                     {"version", version_},
                     {"routes", std::move(routes)}});
}

ControlRoutes ControlService::Routes() const {
  ControlRoutes all = {{http::Method::kGet, "/__admin",
                        [this](const http::Request&) -> Result<http::Response> { return Index(); },
                        "getIndex"}};
  for (auto routes :
       {info_.Routes(), documents_.Routes(), state_.Routes(), clock_.Routes(), videos_.Routes(),
        programs_.Routes(), copies_.Routes(), faults_.Routes(), requests_.Routes()}) {
    all.insert(all.end(), std::make_move_iterator(routes.begin()),
               std::make_move_iterator(routes.end()));
  }
  return all;
}

}  // namespace msc::control
