#include "emulator/emulator_impl.h"

#include <algorithm>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/base/whole_file.h"
#include "emulator/config_json.h"
#include "emulator/folder_check.h"
#include "emulator/log_line.h"
#include "emulator/option_check.h"
#include "emulator/processing/media/media_tools.h"
#include "emulator/sqlite/tables_check.h"
#include "emulator/version.h"
#include "storage_stub/model/bytes_file.h"

namespace msc {
namespace {

// Empty: the database is in memory.
std::string RecordsPath(const EmulatorOptions& options, const DataDirectory& directory) {
  if (options.data_directory.empty()) return {};
  auto path = (options.data_directory / kEmulatorDatabase).string();
  if (directory.has_contents()) sqlite::RequireTables(path);
  return path;
}

Log ToLog(const EmulatorOptions& options) {
  const auto lowest = ParseLogLevel(options.log_level);
  if (!lowest) return [](LogLevel, std::string_view) {};
  Log log = LogToStderr();
  if (options.log) {
    log = LogSafely(
        [sink = options.log](LogLevel level, std::string_view line) { sink(Name(level), line); });
  }
  return [lowest = *lowest, log](LogLevel level, std::string_view line) {
    if (level >= lowest) log(level, line);
  };
}

// Calls `sink`; if it throws, LogToStderr gets the line instead.
std::function<void(const LoggedRequest&)> LogRequestsSafely(
    std::function<void(const LoggedRequest&)> sink) {
  return [sink = std::move(sink), spare = LogToStderr()](const LoggedRequest& request) {
    try {
      sink(request);
    } catch (...) {  // The request must be answered, whatever the log does.
      spare(ParseLogLevel(request.level).value_or(LogLevel::kError), LogLine(request));
    }
  };
}

control::RequestLogOptions RequestLogOf(const EmulatorOptions& options, std::string admin_url) {
  control::RequestLogOptions log{.lowest = ParseLogLevel(options.log_level),
                                 .sink = options.log_request,
                                 .admin_url = std::move(admin_url)};
  if (!log.sink && options.log) {
    log.sink = [sink = options.log](const LoggedRequest& request) {
      sink(request.level, LogLine(request));
    };
  }
  if (log.sink) log.sink = LogRequestsSafely(std::move(log.sink));
  return log;
}

std::vector<std::string> Hosts(const std::string& host) {
  if (host == "127.0.0.1" || host == "localhost") return {"127.0.0.1", "::1"};
  return {host};
}

// The host in URLs that work on this machine.
std::string ReachableHost(const std::string& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  if (host == "::") return "[::1]";
  return host.find(':') != std::string::npos ? '[' + host + ']' : host;
}

// The default account first; each name once. REQUIRES: options that were checked.
std::vector<storage::Account> Accounts(const EmulatorOptions& options) {
  std::vector<storage::Account> accounts = {
      {options.account, {*Base64DecodeAnyTail(options.account_key)}}};
  for (const auto& more : options.accounts) {
    auto account = std::find_if(accounts.begin(), accounts.end(),
                                [&](const auto& other) { return other.name == more.name; });
    if (account == accounts.end()) account = accounts.insert(account, {more.name, {}});
    for (const auto& key : more.keys) account->keys.push_back(*Base64DecodeAnyTail(key));
  }
  return accounts;
}

storage::BlobServiceOptions BlobOptions(const EmulatorOptions& options,
                                        std::function<http::Response(http::Request&)> serve_part) {
  return {.accounts = Accounts(options),
          .data_directory = options.data_directory.string(),
          .durability = options.durability,
          .strict = options.strict,
          .loose = options.loose,
          .oauth = options.oauth,
          .versioning = options.versioning,
          .soft_delete_days = options.soft_delete_days,
          .cors_origins = options.cors_origins,
          .copy_sources = options.copy_sources,
          .serve_part = std::move(serve_part)};
}

// Without media work, its result says nothing but why not.
control::MediaWorkOptions MediaOptions(const EmulatorOptions& options, const Log& log) {
  control::MediaWorkOptions media{.must_be_media = options.media == Media::kFfmpeg};
  if (options.media == Media::kOff) return media;
  const auto search = processing::FindMediaTools();
  if (!search.tools) {
    const std::string missing = Join(search.missing, ',') + " not found in PATH";
    if (media.must_be_media) {
      throw StartError(StartError::Reason::kResource, "media: 'ffmpeg' needs ffmpeg and ffprobe; " +
                                                          missing + " (apt-get install ffmpeg)");
    }
    log(LogLevel::kWarning,
        missing + ": videos have no posters and no duration, and cannot be played");
    return media;
  }
  media.runner = {.job = {.tools = *search.tools,
                          .limit = options.media_limit,
                          .timeout = options.media_timeout,
                          .directory = options.data_directory.string()}};
  return media;
}

videos::VideoServiceOptions VideoOptions(const EmulatorOptions& options, int blob_port,
                                         std::function<bool(const videos::Video&)> wants_media) {
  return {.processing_time = options.processing_time,
          .upload_permissions = options.upload_permissions,
          .external_url = options.external_url,
          .blob_external_url = options.blob_external_url,
          .blob_port = blob_port,
          .strict = options.strict,
          .loose = options.loose,
          .magic_names = options.magic_names,
          .wants_media = std::move(wants_media),
          .require_auth = options.require_auth.value_or(""),
          .cors_origins = options.cors_origins};
}

playback::PlaybackOptions PlaybackOptionsOf(const EmulatorOptions& options, int blob_port) {
  return {.external_url = options.external_url,
          .blob_external_url = options.blob_external_url,
          .blob_port = blob_port};
}

std::shared_ptr<const http::TlsContext> TlsForLocalhost(const EmulatorOptions& options) {
  const auto certificate =
      options.data_directory.empty()
          ? http::MakeLocalCertificate()
          : http::KeptLocalCertificate(options.data_directory / "localhost.pem");
  if (!options.tls_ca_file.empty()) {
    WriteWholeFile(options.tls_ca_file, certificate.authority, 0644);
  }
  return http::TlsContext::FromLocal(certificate);
}

std::shared_ptr<const http::TlsContext> Tls(const EmulatorOptions& options) {
  const char* const field = options.tls_self_signed ? "tls_self_signed: " : "tls_certificate: ";
  try {
    if (options.tls_self_signed) return TlsForLocalhost(options);
    if (options.tls_certificate.empty()) return nullptr;
    return http::TlsContext::FromFiles(options.tls_certificate.string(), options.tls_key.string());
  } catch (const std::runtime_error& error) {
    throw StartError(StartError::Reason::kOption, std::string(field) + error.what());
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

// The routes of all subjects but /__admin, from which the nearest one is chosen for a request that
// matches none.
std::vector<control::RouteName> RouteNames(const videos::VideoService& videos,
                                           const keys::KeyService& keys,
                                           const playback::PlaybackService& playback,
                                           const storage::BlobService& blobs) {
  std::vector<control::RouteName> names;
  for (const auto* router :
       {&videos.router(), &keys.router(), &playback.router(), &blobs.router()}) {
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
  return {.guard = {.hosts = options.admin_hosts, .token = options.admin_token.value_or("")},
          .version = kVersion,
          .config = ConfigJson(options),
          .processing_time = options.processing_time,
          .shutdown = options.on_shutdown};
}

}  // namespace

Emulator::Impl::Impl(EmulatorOptions given)
    : options(Checked(std::move(given))),
      log(ToLog(options)),
      main_bound(Hosts(options.host), options.port),
      blob_bound(BindBlobPort(options)),
      port(main_bound.port()),
      blob_port(blob_bound ? blob_bound->port() : 0),
      directory(options.data_directory.string(), {kEmulatorDatabase, storage::kBytesFile}),
      clock(MakeClock(options)),
      random(MakeRandom(options, directory.generation())),
      database(RecordsPath(options, directory), options.durability),
      blobs(BlobOptions(options, [this](auto& part) { return pipeline.ServePart(part); }), database,
            *clock, *random, log),
      keys(database, *clock, *random, log),
      videos(VideoOptions(options, blob_port,
                          [this](const auto& video) { return control_plane.media().IsFor(video); }),
             database, *clock, *random, blobs, keys, log),
      playback(PlaybackOptionsOf(options, blob_port), videos, keys, blobs, *clock, log),
      seeder(videos, blobs, *clock, options.loose),
      control_plane({.clock = *clock,
                     .random = *random,
                     .database = database,
                     .blobs = blobs,
                     .videos = videos},
                    options.random_seed, RouteNames(videos, keys, playback, blobs),
                    RequestLogOf(options, BaseUrl(port) + kAdminPath), MediaOptions(options, log),
                    log),
      control(ControlOptionsOf(options), control_plane, seeder, log),
      dashboard({.blob_port = blob_port,
                 .external_url = options.external_url,
                 .blob_external_url = options.blob_external_url},
                log),
      dispatcher(videos.router(), keys.router(), playback.router(), control.router(),
                 dashboard.router(), blobs,
                 blob_port == 0 ? "" : BaseUrl(blob_port) + '/' + options.account),
      pipeline(dispatcher, control_plane, options.loose, log),
      tls(Tls(options)) {}

// Ends all waits first, because threads of the server and of the program may be in them.
Emulator::Impl::~Impl() {
  control_plane.End();
  waits.AwaitEnd();
}

void Emulator::Impl::Start() {
  control_plane.Start();
  ApplySeed();
  directory.MarkUsed();
  server.emplace(
      Services(),
      http::ServerOptions{.tls = tls, .log = log, .on_rejection = [this](const auto& rejection) {
                            control_plane.OnRejection(rejection);
                          }});
}

// If the seed is bad, none of its videos is kept, so that the next start tries again.
void Emulator::Impl::ApplySeed() {
  if (options.seed.empty() || !videos.List({.most = 1}).empty()) return;
  try {
    if (options.seed == "demo") {
      seeder.SeedDemo();
    } else {
      seeder.SeedFile(options.seed);
    }
  } catch (const std::exception& error) {
    videos.Clear();
    throw StartError(StartError::Reason::kSeed, std::string("seed: ") + error.what());
  }
}

std::vector<http::Service> Emulator::Impl::Services() {
  std::vector<http::Service> services;
  services.push_back({std::move(main_bound),
                      [this](http::Request& request) { return pipeline.Serve(request); },
                      [this](http::Method method, std::string_view target) {
                        return dispatcher.ThreadUseOf(method, target);
                      }});
  if (blob_bound) {
    services.push_back({*std::move(blob_bound),
                        [this](http::Request& request) { return pipeline.ServeBlobs(request); }});
  }
  return services;
}

std::string Emulator::Impl::BaseUrl(int at_port) const {
  const std::string host = ReachableHost(options.host);
  const bool encrypted = options.tls_self_signed || !options.tls_certificate.empty();
  return (encrypted ? "https://" : "http://") + host + ':' + std::to_string(at_port);
}

}  // namespace msc
