#include <msc/fault_sweep.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

#include "emulator/sweep/sweep_effects.h"

namespace msc {
namespace {

using Client = std::function<std::string(Emulator&)>;

constexpr std::array kAllFaults = {SweepFault::kLostRequest, SweepFault::kLostResponse,
                                   SweepFault::kCutBody, SweepFault::kBusy};

// The result of the run without faults.
struct Learned {
  std::vector<RecordedRequest> requests = {};
  SweepEffects effects = {};
};

// A run with a fault.
struct Plan {
  FaultPoint point = {};
  Fault fault = {};
  bool answer_lost = false;  // The request succeeds without faults.
};

EmulatorOptions OwnOptions(EmulatorOptions options) {
  options.port = 0;
  if (options.blob_port) options.blob_port = 0;
  options.data_directory.clear();
  return options;
}

std::string Run(const Client& client, Emulator& emulator) {
  try {
    return client(emulator);
  } catch (const std::exception& error) {
    const std::string what = error.what();
    return what.empty() ? "it threw an exception without words" : what;
  } catch (...) {
    return "it threw something that is no std::exception";
  }
}

Learned Learn(const EmulatorOptions& options, const Client& client) {
  Emulator emulator(options);
  if (const auto failure = Run(client, emulator); !failure.empty()) {
    throw std::runtime_error("the client fails undisturbed: " + failure);
  }
  Learned learned{emulator.Requests(), EffectsOf(emulator, false)};
  // Faults are chosen when a request arrives, but the journal is in the order of the responses.
  std::stable_sort(learned.requests.begin(), learned.requests.end(),
                   [](const auto& a, const auto& b) { return a.received_at < b.received_at; });
  if (learned.requests.empty()) {
    throw std::runtime_error(
        "the client made no request, so there is nothing to disturb; is it "
        "told the emulator's address?");
  }
  if (std::none_of(learned.requests.begin(), learned.requests.end(),
                   [](const auto& request) { return request.id == 1; })) {
    throw std::runtime_error("the client made more requests than the journal keeps (" +
                             std::to_string(learned.requests.size()) + "); give it less to do");
  }
  return learned;
}

// nullopt if the fault has nothing to act on. `earlier`: how many requests come before.
std::optional<Fault> MakeFault(SweepFault kind, const RecordedRequest& request, int earlier) {
  Fault fault{.skip = earlier, .times = 1, .phase = Phase::kBefore};
  switch (kind) {
    case SweepFault::kLostRequest:
      fault.action = ResetConnection{};
      return fault;
    case SweepFault::kLostResponse:
      fault.phase = Phase::kAfter;
      fault.action = ResetConnection{};
      return fault;
    case SweepFault::kCutBody:
      if (request.body_size > 0) {
        fault.action = ResetConnection{.after_bytes = request.body_size / 2};
      } else if (request.response_size > 0) {
        fault.action = TruncateBody{};
      } else {
        return std::nullopt;
      }
      return fault;
    case SweepFault::kBusy:
      fault.action = AnswerStatus{503, "ServerBusy"};
      return fault;
  }
  throw std::logic_error("SweepFault out of range");
}

std::string Describe(const RecordedRequest& request) {
  const std::string line = request.method + ' ' + PathOf(request.target);
  return request.operation ? std::string(Name(*request.operation)) + ' ' + line : line;
}

// `earlier`: how many requests come before.
void AddPlans(const RecordedRequest& request, int earlier, std::vector<Plan>& plans) {
  for (const auto kind : kAllFaults) {
    auto fault = MakeFault(kind, request, earlier);
    if (!fault) continue;
    plans.push_back(
        {.point = {.request = earlier + 1, .what = Describe(request), .fault = kind},
         .fault = *std::move(fault),
         .answer_lost = kind == SweepFault::kLostResponse && request.status / 100 == 2});
  }
}

std::vector<Plan> MakePlans(const std::vector<RecordedRequest>& requests,
                            const std::vector<Operation>& ignored) {
  std::vector<Plan> plans;
  int earlier = 0;
  for (const auto& request : requests) {
    const bool is_ignored = request.operation && std::find(ignored.begin(), ignored.end(),
                                                           *request.operation) != ignored.end();
    if (!is_ignored) AddPlans(request, earlier, plans);
    ++earlier;
  }
  return plans;
}

FaultPoint Disturb(const EmulatorOptions& options, const Client& client, const Learned& learned,
                   const Plan& plan) {
  Emulator emulator(options);
  const ScopedFault fault = emulator.Inject(plan.fault);
  FaultPoint point = plan.point;
  point.failure = Run(client, emulator);
  point.survived = point.failure.empty();
  point.fired = fault.Fired() > 0;
  point.extra_effects = ExtraEffects(learned.effects, EffectsOf(emulator, plan.answer_lost));
  return point;
}

}  // namespace

SweepReport SweepFaults(const EmulatorOptions& options, const Client& client,
                        const std::function<void(const FaultPoint&, int total)>& progress,
                        const std::vector<Operation>& ignored) {
  const EmulatorOptions own = OwnOptions(options);
  const Learned learned = Learn(own, client);
  const auto plans = MakePlans(learned.requests, ignored);
  SweepReport report{.requests = static_cast<int>(learned.requests.size())};
  for (const auto& plan : plans) {
    report.points.push_back(Disturb(own, client, learned, plan));
    if (progress) progress(report.points.back(), static_cast<int>(plans.size()));
  }
  return report;
}

}  // namespace msc
