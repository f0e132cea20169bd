#include <msc/emulator.h>

#include <algorithm>
#include <utility>

#include "emulator/base/clock.h"
#include "emulator/base/data_directory.h"
#include "emulator/base/encoding.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/time_format.h"
#include "emulator/control/control_service.h"
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

constexpr std::chrono::hours kLongestAdvance{24 * 366 * 1000};  // A thousand years.

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

videos::VideoServiceOptions VideoOptions(const EmulatorOptions& options, int blob_port) {
  return {.data_directory = options.data_directory,
          .durability = options.durability,
          .processing_time = options.processing_time,
          .upload_permissions = options.upload_permissions,
          .external_url = options.external_url,
          .blob_external_url = options.blob_external_url,
          .blob_port = blob_port,
          .strict = options.strict,
          .loose = options.loose,
          .require_auth = options.require_auth,
          .cors_origins = options.cors_origins};
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
        videos(VideoOptions(options, blob_port), *clock, *random, blobs, keys, log),
        control({.hosts = options.admin_hosts, .token = options.admin_token}, kVersion, *clock,
                log),
        site(videos.router(), keys.router(), control.router(), blobs,
             options.blob_port.has_value()),
        tls(Tls(options)),
        server(Services(), {.tls = tls, .log = log}) {}

  // Made last: what it serves is there.
  std::vector<http::Service> Services() {
    directory.MarkUsed();
    std::vector<http::Service> services;
    services.push_back(
        {std::move(main_bound), [this](http::Request& request) { return site.Dispatch(request); }});
    if (blob_bound) {
      services.push_back({*std::move(blob_bound),
                          [this](http::Request& request) { return blobs.Dispatch(request); }});
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

std::vector<Transition> Emulator::AdvanceClock(std::chrono::milliseconds by) {
  if (by.count() < 0) throw std::invalid_argument("the clock cannot go back");
  if (by > kLongestAdvance) throw std::invalid_argument("the clock cannot go on by that much");
  const Time now = impl_->clock->Advance(by);
  return impl_->videos.TransitionsBetween(now - by, now);
}

}  // namespace msc
