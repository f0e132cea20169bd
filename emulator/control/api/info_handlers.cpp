#include "emulator/control/api/info_handlers.h"

#include <array>
#include <chrono>
#include <functional>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/control/api/answers.h"
#include "emulator/control/error/control_error.h"
#include "emulator/control/events/event_stream.h"
#include "emulator/control/json/render.h"

namespace msc::control {
namespace {

constexpr std::array<std::string_view, Counters::kStatuses> kStatusNames = {"none", "1xx", "2xx",
                                                                            "3xx",  "4xx", "5xx"};

std::string OperationName(std::size_t index) {
  if (index + 1 == Counters::kOperations) return "none";
  return std::string(Name(static_cast<Operation>(index)));
}

// Lines in the text format of Prometheus.
void AddMetric(std::string& out, std::string_view name, std::string_view type,
               std::string_view help) {
  out += "# HELP " + std::string(name) + ' ' + std::string(help) + "\n# TYPE " + std::string(name) +
         ' ' + std::string(type) + '\n';
}

void AddRequests(std::string& out, const Counters& counters) {
  AddMetric(out, "msc_requests_total", "counter", "Requests by operation and kind of status.");
  for (std::size_t operation = 0; operation < Counters::kOperations; ++operation) {
    for (std::size_t status = 0; status < Counters::kStatuses; ++status) {
      const auto count = counters.Of(operation, status);
      if (count == 0) continue;
      out += "msc_requests_total{operation=\"" + OperationName(operation) + "\",status=\"" +
             std::string(kStatusNames.at(status)) + "\"} " + std::to_string(count) + '\n';
    }
  }
}

void AddVideos(std::string& out, const videos::VideoCounts& counts) {
  using enum VideoState;
  AddMetric(out, "msc_videos", "gauge", "Videos by state.");
  for (const auto state : {kCompleted, kFailed, kPending, kProcessing}) {
    out += "msc_videos{state=\"" + std::string(Name(state)) + "\"} " +
           std::to_string(counts.at(static_cast<std::size_t>(state))) + '\n';
  }
}

void AddFaults(std::string& out, const FaultRegistry& faults) {
  AddMetric(out, "msc_fault_fired", "gauge", "How often each fault has fired.");
  for (const auto& fault : faults.List()) {
    out += "msc_fault_fired{id=\"" + std::to_string(fault.status.id) + "\"} " +
           std::to_string(fault.status.fired) + '\n';
  }
}

}  // namespace

InfoHandlers::InfoHandlers(ControlPlane& control_plane, std::string version, std::string config)
    : control_plane_(control_plane),
      version_(std::move(version)),
      config_(std::move(config)),
      started_(std::chrono::steady_clock::now()) {}

ControlRoutes InfoHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      {kGet, "/__admin/health", bind_front(&InfoHandlers::Health, this), "getHealth"},
      {kGet, "/__admin/ready", bind_front(&InfoHandlers::Ready, this), "getReadiness"},
      {kGet, "/__admin/config", bind_front(&InfoHandlers::Config, this), "getConfig"},
      {kGet, "/__admin/diagnostics", bind_front(&InfoHandlers::Diagnostics, this),
       "listDiagnostics"},
      {kGet, "/__admin/metrics", bind_front(&InfoHandlers::Metrics, this), "getMetrics"},
      MayWait({kGet, "/__admin/events", bind_front(&InfoHandlers::Events, this), "streamEvents"}),
  };
}

// In the form of WireMock's, so that scripts that wait for WireMock can wait for the emulator.
InfoHandlers::Answer InfoHandlers::Health(const http::Request&) const {
  const auto uptime =
      std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - started_);
  return JsonAnswer({{"status", "healthy"},
                     {"message", "The Media Services Connector Emulator is ok"},
                     {"version", version_},
                     {"uptimeInSeconds", uptime.count()},
                     {"timestamp", FormatMillis(control_plane_.clock().Now())}});
}

// Always "ready": the server starts only after everything else has.
InfoHandlers::Answer InfoHandlers::Ready(const http::Request&) const {
  return JsonAnswer({{"status", "ready"}});
}

InfoHandlers::Answer InfoHandlers::Config(const http::Request&) const {
  return http::Response{.headers = {{"Content-Type", "application/json"}}, .body = config_};
}

InfoHandlers::Answer InfoHandlers::Diagnostics(const http::Request&) const {
  return JsonAnswer({{"diagnostics", DiagnosticsJson(control_plane_.diagnostics().All())}});
}

InfoHandlers::Answer InfoHandlers::Metrics(const http::Request&) const {
  http::Response response{.headers = {{"Content-Type", "text/plain; version=0.0.4"}}};
  AddRequests(response.body, control_plane_.counters());
  AddVideos(response.body, control_plane_.CountVideos());
  AddFaults(response.body, control_plane_.faults());
  return response;
}

InfoHandlers::Answer InfoHandlers::Events(const http::Request& request) const {
  if (auto may = CheckMayWait(request); !may) return may.error();
  const auto given = request.header("Last-Event-ID");
  const auto after = given ? ParseUnsigned(*given) : control_plane_.events().last_id();
  if (!after) {
    return Error{ControlError::kInvalidArgument, "Last-Event-ID: '" + std::string(*given) +
                                                     "' is not allowed; it must be an event's id"};
  }
  // An id that was not given out yet comes from an earlier emulator: then all events are new to the
  // client.
  const auto from = *after > control_plane_.events().last_id() ? 0 : *after;
  http::Response response{.headers = {{"Content-Type", "text/event-stream"}}};
  response.source =
      std::make_unique<EventStream>(control_plane_.events(), from, request.is_client_gone);
  return response;
}

}  // namespace msc::control
