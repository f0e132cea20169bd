#include <msc/emulator.h>

#include <algorithm>
#include <utility>

#include "emulator/base/clock.h"
#include "emulator/base/data_directory.h"
#include "emulator/base/encoding.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/time_format.h"
#include "emulator/config_json.h"
#include "emulator/control/control_service.h"
#include "emulator/control/engine.h"
#include "emulator/control/render.h"
#include "emulator/control/seed/planter.h"
#include "emulator/control/time/clock_limits.h"
#include "emulator/http/server.h"
#include "emulator/keys/key_service.h"
#include "emulator/option_check.h"
#include "emulator/port_holder.h"
#include "emulator/site.h"
#include "emulator/version.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc {
namespace {

Log ToLog(const EmulatorOptions& options) {
  if (!options.log) return LogToStderr();
  return [sink = options.log](LogLevel level, std::string_view line) { sink(Name(level), line); };
}

std::vector<std::string> Hosts(const std::string& host) {
  if (host == "127.0.0.1" || host == "localhost") return {"127.0.0.1", "::1"};
  return {host};
}

// As it stands in a URL of this machine's.
std::string ReachableHost(const std::string& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  if (host == "::") return "[::1]";
  return host.find(':') != std::string::npos ? '[' + host + ']' : host;
}

// The default account first; every name once. REQUIRES: options that were checked.
std::vector<storage::Account> Accounts(const EmulatorOptions& options) {
  std::vector<storage::Account> accounts = {
      {options.account, {*Base64Decode(options.account_key)}}};
  for (const auto& more : options.accounts) {
    auto account = std::find_if(accounts.begin(), accounts.end(),
                                [&](const auto& other) { return other.name == more.name; });
    if (account == accounts.end()) account = accounts.insert(account, {more.name, {}});
    for (const auto& key : more.keys) account->keys.push_back(*Base64Decode(key));
  }
  return accounts;
}

storage::BlobServiceOptions BlobOptions(const EmulatorOptions& options) {
  return {.accounts = Accounts(options),
          .data_directory = options.data_directory,
          .durability = options.durability,
          .strict = options.strict,
          .loose = options.loose};
}

videos::VideoServiceOptions VideoOptions(const EmulatorOptions& options, int blob_port,
                                         videos::TransitionListener on_transition) {
  return {.data_directory = options.data_directory,
          .durability = options.durability,
          .processing_time = options.processing_time,
          .upload_permissions = options.upload_permissions,
          .external_url = options.external_url,
          .blob_external_url = options.blob_external_url,
          .blob_port = blob_port,
          .strict = options.strict,
          .loose = options.loose,
          .magic_names = options.magic_names,
          .require_auth = options.require_auth,
          .cors_origins = options.cors_origins,
          .on_transition = std::move(on_transition)};
}

std::shared_ptr<const http::TlsContext> Tls(const EmulatorOptions& options) {
  if (options.tls_self_signed) return http::TlsContext::SelfSigned();
  if (options.tls_certificate.empty()) return nullptr;
  try {
    return http::TlsContext::FromFiles(options.tls_certificate, options.tls_key);
  } catch (const std::runtime_error& fault) {
    throw StartError(StartError::Reason::kOption, std::string("tls_certificate: ") + fault.what());
  }
}

std::optional<http::BoundPort> BindBlobPort(const EmulatorOptions& options) {
  if (!options.blob_port) return std::nullopt;
  return http::BoundPort(Hosts(options.host), *options.blob_port);
}

std::unique_ptr<Clock> MakeClock(const EmulatorOptions& options) {
  if (options.frozen_at.empty()) return std::make_unique<Clock>();
  return std::make_unique<Clock>(*ParseIso8601(options.frozen_at));
}

std::unique_ptr<Random> MakeRandom(const EmulatorOptions& options, std::uint64_t generation) {
  if (!options.random_seed) return std::make_unique<Random>();
  return std::make_unique<Random>(*options.random_seed, generation);
}

// What the product answers to, for who mistypes it.
std::vector<control::RouteName> RouteNames(const videos::VideoService& videos,
                                           const keys::KeyService& keys,
                                           const storage::BlobService& blobs) {
  std::vector<control::RouteName> names;
  for (const auto* router : {&videos.router(), &keys.router(), &blobs.router()}) {
    for (const auto* route : router->routes()) {
      std::string path(route->pattern.substr(0, route->pattern.find('?')));
      constexpr std::string_view kAccount = "{account}";
      const auto account = path.find(kAccount);
      if (account != std::string::npos) {
        path.replace(account, kAccount.size(), blobs.default_account());
      }
      names.push_back({route->method, std::move(path)});
    }
  }
  return names;
}

control::ControlOptions ControlOptionsOf(const EmulatorOptions& options) {
  return {.guard = {.hosts = options.admin_hosts, .token = options.admin_token},
          .version = kVersion,
          .config = ConfigJson(options),
          .processing_time = options.processing_time,
          .shutdown = options.on_shutdown};
}

// C++ code hears of what it did wrong by exceptions.
template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::invalid_argument(result.error().message);
  return *std::move(result);
}

// The same, where that there is none of that id is no mistake.
bool FoundOrThrow(const Status& status) {
  if (!status && status.error().code == ErrorCode::kVideoNotFound) return false;
  (void)OrThrow(status);
  return true;
}

std::vector<RecordedRequest> Recorded(const std::vector<control::Entry>& entries) {
  std::vector<RecordedRequest> requests;
  for (const auto& entry : entries) requests.push_back(control::ToRecordedRequest(entry));
  return requests;
}

// So long that it never ends, and yet can be added to the time.
std::chrono::milliseconds Bounded(std::chrono::milliseconds timeout) {
  return std::clamp<std::chrono::milliseconds>(timeout, std::chrono::milliseconds(0),
                                               std::chrono::hours(24 * 366));
}

}  // namespace

// Members are made from top to bottom: ports are bound first, and nothing is served before
// everything is there.
struct Emulator::Impl {
  explicit Impl(EmulatorOptions given)
      : options(Checked(std::move(given))),
        log(ToLog(options)),
        main_bound(Hosts(options.host), options.port),
        blob_bound(BindBlobPort(options)),
        port(main_bound.port()),
        blob_port(blob_bound ? blob_bound->port() : 0),
        directory(options.data_directory, {"storage.db", "blobs.bytes", "keys.db", "videos.db"}),
        clock(MakeClock(options)),
        random(MakeRandom(options, directory.generation())),
        blobs(BlobOptions(options), *clock, *random, log),
        keys(options.data_directory, *clock, *random, log, options.durability),
        videos(VideoOptions(options, blob_port,
                            [this](const Transition& change) { engine.OnTransition(change); }),
               *clock, *random, blobs, keys, log),
        planter(videos, blobs, *clock, options.loose),
        engine({.clock = *clock, .random = *random, .blobs = blobs, .keys = keys, .videos = videos},
               options.random_seed, RouteNames(videos, keys, blobs), log),
        control(ControlOptionsOf(options), engine, planter, log),
        site(videos.router(), keys.router(), control.router(), blobs,
             options.blob_port.has_value(), engine.observer()),
        tls(Tls(options)),
        server(Services(), {.tls = tls, .log = log}) {}

  // Waits end first, so that the server's threads can.
  ~Impl() { engine.End(); }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void PlantSeed() {
    if (options.seed.empty() || !videos.List().empty()) return;
    try {
      if (options.seed == "demo") {
        planter.PlantDemo();
      } else {
        planter.PlantFile(options.seed);
      }
    } catch (const std::exception& fault) {
      throw StartError(StartError::Reason::kSeed, std::string("seed: ") + fault.what());
    }
  }

  // Made last: what it serves is there.
  std::vector<http::Service> Services() {
    PlantSeed();
    directory.MarkUsed();
    std::vector<http::Service> services;
    services.push_back(
        {std::move(main_bound), [this](http::Request& request) { return site.Dispatch(request); }});
    if (blob_bound) {
      services.push_back({*std::move(blob_bound),
                          [this](http::Request& request) { return site.DispatchBlob(request); }});
    }
    return services;
  }

  int blob_bound_port() const { return blob_port == 0 ? port : blob_port; }

  std::string BaseUrl(int at_port) const {
    const std::string host = ReachableHost(options.host);
    const bool encrypted = options.tls_self_signed || !options.tls_certificate.empty();
    return (encrypted ? "https://" : "http://") + host + ':' + std::to_string(at_port);
  }

  const EmulatorOptions options;
  const Log log;
  http::BoundPort main_bound;                 // Moves into the server.
  std::optional<http::BoundPort> blob_bound;  // Likewise.
  const int port;
  const int blob_port;  // 0: the main one.
  DataDirectory directory;
  const std::unique_ptr<Clock> clock;
  const std::unique_ptr<Random> random;
  storage::BlobService blobs;
  keys::KeyService keys;
  videos::VideoService videos;
  const control::Planter planter;
  control::Engine engine;
  const control::ControlService control;
  const Site site;
  const std::shared_ptr<const http::TlsContext> tls;
  http::Server server;
};

Emulator::Emulator() : Emulator(EmulatorOptions{}) {}

Emulator::Emulator(EmulatorOptions options) {
  try {
    impl_ = std::make_unique<Impl>(std::move(options));
  } catch (const StartError&) {
    throw;
  } catch (const http::PortTaken& taken) {
    const std::string holder = PortHolder(taken.port());
    throw StartError(StartError::Reason::kPortTaken,
                     taken.what() + (holder.empty() ? "" : " by " + holder) +
                         "; stop that, or choose another port (0: any free one)");
  } catch (const http::HostMissing& missing) {
    throw StartError(StartError::Reason::kOption, std::string("host: ") + missing.what());
  } catch (const std::exception& fault) {
    throw StartError(StartError::Reason::kResource, fault.what());
  }
}

Emulator::~Emulator() = default;

std::string Emulator::Url() const { return impl_->BaseUrl(impl_->port); }

std::string Emulator::BlobUrl() const {
  return impl_->BaseUrl(impl_->blob_bound_port()) + '/' + impl_->options.account;
}

int Emulator::Port() const { return impl_->port; }

std::string Emulator::AdminUrl() const { return impl_->BaseUrl(impl_->port) + "/__admin"; }

Time Emulator::Now() const { return impl_->clock->Now(); }

std::vector<Transition> Emulator::AdvanceClock(std::chrono::milliseconds by) {
  if (by.count() < 0) throw std::invalid_argument("the clock cannot be moved on by less than 0");
  if (by > control::kLongestAdvance) {
    throw std::invalid_argument("the clock cannot be moved on by more than a thousand years");
  }
  return impl_->engine.timeline().Advance(by);
}

std::vector<Transition> Emulator::AdvanceClockToNext() {
  return impl_->engine.timeline().AdvanceToNext();
}

std::vector<Transition> Emulator::FreezeClock(std::optional<Time> at) {
  return impl_->engine.timeline().Freeze(at);
}

void Emulator::ScaleClock(double factor) {
  if (!control::IsClockFactor(factor)) {
    throw std::invalid_argument("the clock's factor must be above 0 and at most a million");
  }
  impl_->engine.timeline().Scale(factor);
}

std::vector<Transition> Emulator::ResetClock() { return impl_->engine.timeline().Reset(); }

std::vector<Transition> Emulator::PendingTransitions() const {
  impl_->engine.timeline().Settle();
  return impl_->videos.Pending();
}

std::optional<VideoInfo> Emulator::Video(std::string_view id) const {
  auto info = impl_->engine.FindVideo(std::string(id));
  return info ? std::optional(*std::move(info)) : std::nullopt;
}

std::vector<VideoInfo> Emulator::Videos() const { return impl_->engine.Videos(); }

bool Emulator::SetState(std::string_view id, VideoState state, std::string_view reason) {
  return FoundOrThrow(
      impl_->engine.SetState(std::string(id), state, kDefaultFailureCode, reason));
}

bool Emulator::SetProgram(std::string_view id, const Program& program) {
  return FoundOrThrow(impl_->engine.SetProgram(std::string(id), program));
}

void Emulator::SetDefaultProgram(const std::optional<Program>& program) {
  (void)OrThrow(impl_->videos.SetDefaultProgram(program));
}

bool Emulator::WaitForState(std::string_view id, VideoState state,
                            std::chrono::milliseconds timeout) {
  return impl_->engine.timeline().WaitFor(std::string(id), state, Bounded(timeout)) == state;
}

ScopedFault Emulator::Inject(Fault fault) {
  return {*this, OrThrow(impl_->engine.faults().Add(std::move(fault)))};
}

std::vector<FaultStatus> Emulator::Faults() const {
  std::vector<FaultStatus> faults;
  for (const auto& fault : impl_->engine.faults().List()) faults.push_back(fault.status);
  return faults;
}

std::vector<RecordedRequest> Emulator::Requests() const {
  return Recorded(impl_->engine.journal().All());
}

std::vector<RecordedRequest> Emulator::Requests(Operation operation) const {
  return Requests(RequestPattern{.operation = operation});
}

std::vector<RecordedRequest> Emulator::Requests(const RequestPattern& pattern) const {
  return Recorded(impl_->engine.journal().Find(OrThrow(control::RequestMatcher::Make(pattern))));
}

std::vector<RecordedRequest> Emulator::UnmatchedRequests() const {
  return Recorded(impl_->engine.journal().Unmatched());
}

bool Emulator::WaitFor(Operation operation, int count, std::chrono::milliseconds timeout) {
  return WaitFor(RequestPattern{.operation = operation}, count, timeout);
}

bool Emulator::WaitFor(const RequestPattern& pattern, int count,
                       std::chrono::milliseconds timeout) {
  const auto matcher = OrThrow(control::RequestMatcher::Make(pattern));
  const auto wanted = static_cast<std::size_t>(std::max(count, 0));
  return impl_->engine.journal().WaitFor(matcher, wanted, Bounded(timeout));
}

std::optional<std::string> Emulator::Explain(std::uint64_t request_id) const {
  const auto entry = impl_->engine.journal().Get(request_id);
  if (!entry) return std::nullopt;
  return control::Dump(impl_->engine.explainer().Explain(*entry->exchange));
}

std::string Emulator::JournalJson() const {
  return control::Dump(control::RequestsJson(impl_->engine.journal().All()));
}

std::vector<Diagnostic> Emulator::Diagnostics() const {
  return impl_->engine.diagnostics().All();
}

std::vector<std::string> Emulator::UnusedFaults() const { return impl_->engine.faults().Unused(); }

void Emulator::Reset(const Keep& keep) { impl_->engine.Reset(keep); }

void Emulator::Snapshot(const std::string& name) { impl_->engine.TakeSnapshot(name); }

void Emulator::Restore(const std::string& name) {
  (void)OrThrow(impl_->engine.RestoreSnapshot(name));
}

ScopedFault::ScopedFault(ScopedFault&& other) noexcept
    : emulator_(std::exchange(other.emulator_, nullptr)), id_(other.id_) {}

ScopedFault::~ScopedFault() {
  if (emulator_ != nullptr) emulator_->impl_->engine.faults().Remove(id_);
}

int ScopedFault::Fired() const {
  const auto fault = emulator_->impl_->engine.faults().Find(id_);
  return fault ? fault->status.fired : 0;
}

int ScopedFault::Matched() const {
  const auto fault = emulator_->impl_->engine.faults().Find(id_);
  return fault ? fault->status.matched : 0;
}

}  // namespace msc
