#include "emulator/control/control_service.h"

#include <nlohmann/json.hpp>

#include "emulator/base/time_format.h"
#include "emulator/control/problem.h"

namespace msc::control {
namespace {

using enum http::Method;
using Json = nlohmann::ordered_json;

http::Response JsonResponse(const Json& body) {
  return {.headers = {{"Content-Type", "application/json"}}, .body = body.dump()};
}

std::vector<http::Route> Routes(http::Handler health, http::Handler ready) {
  return {
      {kGet, "/__admin/health", std::move(health)},
      {kGet, "/__admin/ready", std::move(ready)},
  };
}

http::Voice VoiceOf(const Guard& guard, const Clock& clock) {
  return {
      .refuse = [](const http::Request&, const Error& error) { return Problem(error); },
      .finish =
          [&clock](const http::Request&, http::Response& response) {
            response.headers.push_back({"Cache-Control", "no-store"});
            response.headers.push_back({"Content-Length", std::to_string(response.body_size())});
            response.headers.push_back({"Date", FormatHttpDate(clock.Now())});
          },
      .before = [&guard](const http::Request& request) -> Result<std::optional<http::Response>> {
        if (auto allowed = guard.Check(request); !allowed) return allowed.error();
        return std::optional<http::Response>();
      },
  };
}

}  // namespace

ControlService::ControlService(GuardOptions guard, std::string version, const Clock& clock, Log log)
    : guard_(std::move(guard)),
      version_(std::move(version)),
      clock_(clock),
      started_(clock.Now()),
      router_(Routes(std::bind_front(&ControlService::Health, this),
                     std::bind_front(&ControlService::Ready, this)),
              VoiceOf(guard_, clock), std::move(log)) {}

// In the shape of WireMock's, so that what waits for one can wait for the other.
Result<http::Response> ControlService::Health(const http::Request&) const {
  const Time now = clock_.Now();
  const auto uptime = std::chrono::floor<std::chrono::seconds>(now - started_);
  return JsonResponse({{"status", "healthy"},
                       {"message", "The Media Services Connector Emulator is ok"},
                       {"version", version_},
                       {"uptimeInSeconds", uptime.count()},
                       {"timestamp", FormatMillis(now)}});
}

// Answers only once everything is served, since nothing is served before.
Result<http::Response> ControlService::Ready(const http::Request&) const {
  return JsonResponse({{"status", "ready"}});
}

}  // namespace msc::control
