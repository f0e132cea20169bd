#include "emulator/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <stdexcept>

#include "emulator/base/clock.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/cli/accounts_file.h"
#include "emulator/cli/cli_pages.h"
#include "emulator/cli/client_arguments.h"
#include "emulator/cli/command_help.h"
#include "emulator/cli/empty_values.h"
#include "emulator/cli/exit_code.h"
#include "emulator/cli/health_probe.h"
#include "emulator/version.h"

namespace msc {
namespace {

constexpr const char* kDescription =
    "The Media Services Connector Emulator: the Videos API, its blob endpoint and key delivery in "
    "one process.";
constexpr const char* kFooter = R"(
Every flag has an environment variable, named beside it; a flag overrides its variable.
Writes one line of JSON to stdout once requests are served; everything else goes to stderr.

msc-emulator COMMAND --help lists what one command accepts.

exec and sweep accept the flags of serve, use any free port, and pass the addresses to COMMAND in
MSC_EMULATOR_URL, MSC_EMULATOR_BLOB_URL and MSC_EMULATOR_ADMIN_URL. With exec, only COMMAND writes
to stdout; sweep writes its report there. By default both log only warnings and errors. exec accepts
--port, passes SIGINT, SIGTERM, SIGHUP and SIGQUIT on, and ends with COMMAND's exit code (128 + n for
signal n).

Exit codes: 0 stopped, healthy, survived or sound, 1 failed, 2 bad flag or value, 3 port taken
(of verify: the folder is), 4 bad seed;
of exec and sweep: 126 COMMAND cannot be run, 127 COMMAND not found.

Examples:
  msc-emulator --processing-time 2s --data ./videos
  msc-emulator --port 0 --clock frozen=2024-06-30T12:00:00Z --random-seed 42
  msc-emulator exec --clock frozen -- npm test
  msc-emulator sweep --timeout 10s -- ./upload clip.mp4
  msc-emulator healthcheck --port 10010
  msc-emulator verify --data ./videos
  curl -d '{"OriginalFileName":"clip.mp4"}' http://127.0.0.1:10010/api/Videos)";

// Only decimal numbers: CLI11 itself would accept 0x10 as 16.
std::string CheckPortNumber(const std::string& text) {
  const auto port = ParseUnsigned(text);
  if (port && *port <= 65535) return {};
  return "'" + text + "' is not allowed; it must be from 0 (any free port) to 65535";
}

[[noreturn]] void Refuse(const std::string& flag, const std::string& value,
                         const std::string& allowed) {
  throw CLI::ValidationError(flag, "'" + value + "' is not allowed; " + allowed);
}

void TakeClock(const std::string& text, EmulatorOptions& options) {
  constexpr std::string_view kFrozen = "frozen";
  if (text == "real") {
    options.frozen_at.clear();
  } else if (text == kFrozen) {
    options.frozen_at = FormatMillis(Clock().Now());
  } else if (text.starts_with("frozen=") && ParseIso8601(text.substr(kFrozen.size() + 1))) {
    options.frozen_at = text.substr(kFrozen.size() + 1);
  } else {
    Refuse("--clock", text, "it must be 'real', 'frozen' or 'frozen=2024-06-30T12:00:00Z'");
  }
}

// The environment variable of "--processing-time" is MSC_PROCESSING_TIME.
std::string EnvironmentName(const std::string& flag) {
  std::string name = "MSC_";
  for (const char c : flag.substr(2)) {
    name += c == '-' ? '_' : static_cast<char>(IsAlphanumeric(c) && c >= 'a' ? c - 'a' + 'A' : c);
  }
  return name;
}

template <typename T>
CLI::Option* Add(CLI::App& app, const std::string& flag, T& target, const std::string& help) {
  return app.add_option(flag, target, help)->envname(EnvironmentName(flag))->check(CheckNotEmpty);
}

CLI::Option* AddSwitch(CLI::App& app, const std::string& flag, bool& target,
                       const std::string& help) {
  return app.add_flag(flag, target, help)->envname(EnvironmentName(flag));
}

CLI::Option* AddParsed(CLI::App& app, const std::string& flag,
                       const std::function<void(const std::string&)>& take,
                       const std::string& help) {
  return app.add_option_function<std::string>(flag, take, help)
      ->envname(EnvironmentName(flag))
      ->check(CheckNotEmpty);
}

void AddDuration(CLI::App& app, const std::string& flag, std::chrono::milliseconds& target,
                 const std::string& help) {
  AddParsed(
      app, flag,
      [&target, flag](const std::string& text) {
        const auto time = ParseDuration(text);
        if (!time) Refuse(flag, text, "it must be like 250ms, 10s, 5m or 1h");
        target = *time;
      },
      help);
}

void AddNetworkFlags(CLI::App& app, EmulatorOptions& options) {
  Add(app, "--host", options.host,
      "Host name or address to listen on; the default is both loopbacks")
      ->capture_default_str();
  Add(app, "--port", options.port, "Port; 0: any free one")
      ->check(CheckPortNumber)
      ->capture_default_str();
  Add(app, "--blob-port", options.blob_port,
      "A port, hence an origin, of its own for the blob endpoint")
      ->check(CheckPortNumber);
  Add(app, "--external-url", options.external_url,
      "Base of the URLs in responses; default: the request's own host");
  Add(app, "--blob-external-url", options.blob_external_url,
      "The same for upload URLs, including the account");
  Add(app, "--cors-origins", options.cors_origins,
      "Origins whose pages may call /api: local, * or a list separated by commas")
      ->capture_default_str();
  Add(app, "--copy-sources", options.copy_sources,
      "Other servers that blobs may be copied from: hosts or URLs, separated by commas");
  Add(app, "--tls-cert", options.tls_certificate, "Serve HTTPS with this certificate (PEM)");
  Add(app, "--tls-key", options.tls_key, "The certificate's private key (PEM)");
  AddSwitch(app, "--tls-self-signed", options.tls_self_signed,
            "Serve HTTPS with a certificate for localhost, which is kept with --data");
  Add(app, "--tls-ca-file", options.tls_ca_file,
      "File that receives the authority of that certificate, for clients to trust (PEM)");
}

void AddMediaFlags(CLI::App& app, EmulatorOptions& options) {
  AddParsed(
      app, "--media",
      [&options](const std::string& text) {
        const std::map<std::string, Media> known = {
            {"off", Media::kOff}, {"auto", Media::kAuto}, {"ffmpeg", Media::kFfmpeg}};
        const auto media = known.find(text);
        if (media == known.end()) Refuse("--media", text, "it must be 'auto', 'ffmpeg' or 'off'");
        options.media = media->second;
      },
      "Probe uploads and package them for playback: auto (if ffmpeg is installed), ffmpeg (also "
      "fail videos that are no media) or off [auto]");
  AddParsed(
      app, "--media-limit",
      [&options](const std::string& text) {
        const auto bytes = ParseByteCount(text);
        if (!bytes) Refuse("--media-limit", text, "it must be like 500MiB or 16GiB");
        options.media_limit = *bytes;
      },
      "How much that may write for one upload, besides a copy of it [16GiB]");
  AddDuration(app, "--media-timeout", options.media_timeout, "How long it may take [30m]");
}

void AddServiceFlags(CLI::App& app, EmulatorOptions& options) {
  Add(app, "--data", options.data_directory,
      "Keep all data in this folder; default: all data is lost with the process");
  AddDuration(app, "--processing-time", options.processing_time,
              "Time from MarkComplete to Completed [10s]");
  AddMediaFlags(app, options);
  Add(app, "--account", options.account, "Storage account")->capture_default_str();
  Add(app, "--account-key", options.account_key,
      "Its key in base64; default: the well-known development key");
  AddParsed(
      app, "--accounts",
      [&options](const std::string& path) {
        try {
          options.accounts = ReadAccountsFile(path);
        } catch (const std::runtime_error& error) {
          throw CLI::ValidationError("--accounts", error.what());
        }
      },
      R"(File with more accounts and keys: [{"name":"second","keys":["c2VjcmV0"]}])");
  AddSwitch(app, "--versioning", options.versioning,
            "Keep what blobs were before a write as former versions");
  Add(app, "--soft-delete-days", options.soft_delete_days,
      "Days for which deleted and overwritten blobs can come back; 0: they cannot")
      ->capture_default_str();
  AddParsed(
      app, "--oauth",
      [&options](const std::string& text) {
        if (text != "off" && text != "basic")
          Refuse("--oauth", text, "it must be 'basic' or 'off'");
        options.oauth = text == "basic";
      },
      "Accept bearer tokens at the blob endpoint, over HTTPS: basic (issuer, audience and times "
      "are "
      "checked, the signature is not) or off [off]");
  AddParsed(
      app, "--durability",
      [&options](const std::string& text) {
        if (text != "process" && text != "full") {
          Refuse("--durability", text, "it must be 'process' or 'full'");
        }
        options.durability = text == "full" ? Durability::kFull : Durability::kProcess;
      },
      "What acknowledged writes survive: process (kill -9) or full (a power cut too) [process]");
  Add(app, "--upload-permissions", options.upload_permissions,
      "Permissions of the upload URL's policy, letters out of racwdl")
      ->capture_default_str();
  AddSwitch(app, "--magic-names", options.magic_names,
            "Choose programs by file name: fail-*.mp4 fails, slow-90s-*.mp4 takes 90 s; not with "
            "--strict");
  AddSwitch(
      app, "--strict", options.strict,
      "Reject more than the service did: MarkComplete without a blob, bodies over old size limits");
  AddSwitch(
      app, "--loose", options.loose,
      "Accept any file extension, upload URLs outside their time, and bodies without a length");
  Add(app, "--require-auth", options.require_auth,
      "Demand this in the header or cookie x-zumo-auth, else 403");
}

void AddTestFlags(CLI::App& app, CommandLine& line) {
  Add(app, "--seed", line.options.seed,
      "Videos to start with: demo (one completed, one processing, one failed, one protected) or a "
      "JSON file");
  AddParsed(
      app, "--clock", [&line](const std::string& text) { TakeClock(text, line.options); },
      "real, frozen, or frozen=2024-06-30T12:00:00Z [real]");
  AddParsed(
      app, "--random-seed",
      [&line](const std::string& text) {
        line.options.random_seed = ParseUnsigned(text);
        if (!line.options.random_seed) {
          Refuse("--random-seed", text, "it must be a whole number from 0 to 18446744073709551615");
        }
      },
      "Make ids, keys and tokens the same in every run (a whole number)");
  Add(app, "--admin-hosts", line.options.admin_hosts,
      "Host names under which /__admin answers besides local ones")
      ->delimiter(',');
  Add(app, "--admin-token", line.options.admin_token, "Bearer token that /__admin demands");
  Add(app, "--ready-file", line.ready_file,
      "File that appears with the whole ready line when requests are served; removed before the "
      "start and at a clean stop");
  AddSwitch(
      app, "--exit-with-parent", line.exit_with_parent,
      "Stop, with exit code 0, when stdin ends. Use a pipe that only the parent holds: then the "
      "emulator stops when the parent ends for any reason. Input is ignored. /dev/null and a "
      "closed stdin end at the start, a terminal when it is closed");
  Add(app, "--log-level", line.log_level, "debug, info, warning, error or off")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
      ->capture_default_str();
  Add(app, "--log-format", line.log_format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

// It accepts the flags of serve; HelpOf makes its help.
CLI::App* AddCommand(CLI::App& app, const std::string& name, const std::string& what) {
  auto* const command = app.add_subcommand(name, what)->fallthrough();
  command->set_help_flag();
  return command;
}

CLI::App* AddHealthcheck(CLI::App& app, std::string& url) {
  auto* const command = AddCommand(app, "healthcheck", "Exit 0 when an emulator is ready, else 1");
  command
      ->add_option(
          "--url", url,
          "URL of the emulator; default: the host and port of --host and --port, or of their "
          "variables")
      ->envname("MSC_EMULATOR_URL");
  return command;
}

CLI::App* AddVerify(CLI::App& app, std::filesystem::path& folder) {
  auto* const command = app.add_subcommand(
      "verify",
      "Check a data folder that no emulator uses, without changing it: the database, its records, "
      "and each block's bytes. Prints one line for each problem and a summary. Exit codes: 0 "
      "sound, 1 problems, 2 bad flag or value, 3 another process uses the folder");
  command->add_option("--data", folder, "The folder")->envname("MSC_DATA")->check(CheckNotEmpty);
  return command;
}

CLI::App* AddSweep(CLI::App& app, CommandLine& line) {
  auto* const sweep =
      AddCommand(app, "sweep",
                 "sweep [flags] [--timeout 30s] -- COMMAND…: run COMMAND once for each fault that "
                 "its requests can meet, and report those that it did not survive");
  AddDuration(*sweep, "--timeout", line.timeout, "How long a run of COMMAND may take [30s]");
  sweep
      ->add_option_function<std::vector<std::string>>(
          "--ignore", [&line](const auto& names) { line.ignored = ParseIgnored(names); },
          "Operations that meet no fault, because COMMAND is meant not to repeat them: CreateVideo")
      ->envname("MSC_IGNORE")
      ->delimiter(',')
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
  Add(*sweep, "--report", line.report, "Form of the report on stdout: text, junit or json")
      ->check(CLI::IsMember({"text", "junit", "json"}))
      ->capture_default_str();
  return sweep;
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, char** argv) {
  CommandLine line;
  line.options.port = 10010;
  line.options.media = Media::kAuto;
  CLI::App app(kDescription, "msc-emulator");
  app.set_version_flag("--version", std::string("msc-emulator ") + kVersion);
  app.footer(kFooter);
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  AddNetworkFlags(app, line.options);
  AddServiceFlags(app, line.options);
  AddTestFlags(app, line);

  AddCommand(app, "serve", "Serve (the default command)");
  const auto* const exec =
      AddCommand(app, "exec", "exec [flags] -- COMMAND…: run COMMAND with an emulator of its own");
  const auto* const sweep = AddSweep(app, line);
  const auto* const health = AddHealthcheck(app, line.health_url);
  const auto* const verify = AddVerify(app, line.options.data_directory);
  std::string page;
  const auto* const generate = AddGenerate(app, page);
  app.require_subcommand(0, 1);

  try {
    const int own = TakeClient(argc, argv, line.client);
    RefuseEmptyAssignments(own, argv);
    app.parse(own, argv);
    RefuseEmptyVariables(app);
    if (health->parsed()) line.command = CommandLine::Command::kHealthcheck;
    if (exec->parsed()) line.command = CommandLine::Command::kExec;
    if (sweep->parsed()) line.command = CommandLine::Command::kSweep;
    if (verify->parsed()) {
      line.command = CommandLine::Command::kVerify;
      if (line.options.data_directory.empty()) Refuse("--data", "", "name the folder to check");
    }
    ResolveClientArguments(app, line);
    if (generate->parsed()) {
      std::cout << MakePage(app, page);
      return {};
    }
  } catch (const CLI::CallForHelp& help) {
    const auto commands = app.get_subcommands();
    if (commands.empty()) return {{}, app.exit(help)};
    std::cout << HelpOf(app, *commands.front());
    return {};
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return {{}, app.exit(error)};
    const bool client = exec->parsed() || sweep->parsed();
    const bool is_unknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    const std::string nearest = is_unknown ? DidYouMeanFlag(app) : "";
    std::cerr << "msc-emulator: " << error.what() << nearest
              << (client ? "\nCOMMAND and its arguments follow after --" : "")
              << "\nRun msc-emulator --help for all flags.\n";
    return {{}, kExitUsage};
  }
  if (line.health_url.empty()) line.health_url = DefaultHealthUrl(line.options);
  return {line, 0};
}

}  // namespace msc
