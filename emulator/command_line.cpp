#include "emulator/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <stdexcept>

#include "emulator/accounts_file.h"
#include "emulator/base/clock.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/exit_code.h"
#include "emulator/version.h"

namespace msc {
namespace {

constexpr const char* kDescription =
    "The Media Services Connector Emulator: the Videos API, its blob endpoint and key delivery in "
    "one "
    "process.";
constexpr const char* kFooter = R"(
Every flag has an environment variable, named beside it; the flag wins.
stdout has one line of JSON once requests are served; everything else goes to stderr.

Exit codes: 0 stopped or healthy, 1 failed, 2 bad flag or value, 3 port taken.

Examples:
  msc-emulator --processing-time 2s --data ./videos
  msc-emulator --port 0 --clock frozen=2024-06-30T12:00:00Z --random-seed 42
  msc-emulator healthcheck --url http://127.0.0.1:10010
  curl -d '{"OriginalFileName":"clip.mp4"}' http://127.0.0.1:10010/api/Videos)";

// "250ms", "10s", "5m", "1h"
std::optional<std::chrono::milliseconds> ParseDuration(const std::string& text) {
  using namespace std::chrono;
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == std::string::npos || digits > 9) return std::nullopt;
  const auto count = ParseUnsigned(text.substr(0, digits));
  if (!count) return std::nullopt;
  const auto unit = text.substr(digits);
  const auto value = static_cast<std::int64_t>(*count);
  if (unit == "ms") return milliseconds(value);
  if (unit == "s") return seconds(value);
  if (unit == "m") return minutes(value);
  if (unit == "h") return hours(value);
  return std::nullopt;
}

// Decimal alone: CLI11 itself would take 0x10 for 16.
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

// "--processing-time" has the twin MSC_PROCESSING_TIME.
std::string EnvironmentName(const std::string& flag) {
  std::string name = "MSC_";
  for (const char c : flag.substr(2)) {
    name += c == '-' ? '_' : static_cast<char>(IsAlphanumeric(c) && c >= 'a' ? c - 'a' + 'A' : c);
  }
  return name;
}

template <typename T>
CLI::Option* Add(CLI::App& app, const std::string& flag, T& target, const std::string& help) {
  return app.add_option(flag, target, help)->envname(EnvironmentName(flag));
}

CLI::Option* AddSwitch(CLI::App& app, const std::string& flag, bool& target,
                       const std::string& help) {
  return app.add_flag(flag, target, help)->envname(EnvironmentName(flag));
}

CLI::Option* AddParsed(CLI::App& app, const std::string& flag,
                       const std::function<void(const std::string&)>& take,
                       const std::string& help) {
  return app.add_option_function<std::string>(flag, take, help)->envname(EnvironmentName(flag));
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
      "Base of the URLs handed out; default: the request's own host");
  Add(app, "--blob-external-url", options.blob_external_url,
      "The same for upload URLs, with the account");
  Add(app, "--cors-origins", options.cors_origins,
      "Who may call /api from a page: local, * or origins with commas between them")
      ->capture_default_str();
  Add(app, "--tls-cert", options.tls_certificate, "Serve HTTPS with this certificate (PEM)");
  Add(app, "--tls-key", options.tls_key, "The certificate's private key (PEM)");
  AddSwitch(app, "--tls-self-signed", options.tls_self_signed,
            "Serve HTTPS with a certificate made at start, for localhost");
}

void AddServiceFlags(CLI::App& app, EmulatorOptions& options) {
  Add(app, "--data", options.data_directory,
      "Keep everything in this folder; default: nothing outlives the process");
  AddParsed(
      app, "--processing-time",
      [&options](const std::string& text) {
        const auto time = ParseDuration(text);
        if (!time) Refuse("--processing-time", text, "it must be like 250ms, 10s, 5m or 1h");
        options.processing_time = *time;
      },
      "Time from MarkComplete to Completed [10s]");
  Add(app, "--account", options.account, "Storage account")->capture_default_str();
  Add(app, "--account-key", options.account_key,
      "Its key in base64; default: the well-known development key");
  AddParsed(
      app, "--accounts",
      [&options](const std::string& path) {
        try {
          options.accounts = ReadAccountsFile(path);
        } catch (const std::runtime_error& fault) {
          throw CLI::ValidationError("--accounts", fault.what());
        }
      },
      R"(File with more accounts and keys: [{"name":"second","keys":["c2VjcmV0"]}])");
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
      "What the upload URL's policy allows, letters out of racwdl")
      ->capture_default_str();
  AddSwitch(app, "--strict", options.strict, "Refuse what the service only frowned upon");
  AddSwitch(app, "--loose", options.loose,
            "Take any file extension, and upload URLs outside their time");
  Add(app, "--require-auth", options.require_auth,
      "Demand this in the header or cookie x-zumo-auth, else 403");
}

void AddTestFlags(CLI::App& app, CommandLine& line) {
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
      "Make ids, keys and tokens repeat byte for byte (a whole number)");
  Add(app, "--admin-hosts", line.options.admin_hosts,
      "Host names under which /__admin answers besides local ones")
      ->delimiter(',');
  Add(app, "--admin-token", line.options.admin_token, "Bearer token that /__admin demands");
  Add(app, "--log-level", line.log_level, "debug, info, warning, error or off")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
      ->capture_default_str();
  Add(app, "--log-format", line.log_format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, char** argv) {
  CommandLine line;
  line.options.port = 10010;
  CLI::App app(kDescription, "msc-emulator");
  app.set_version_flag("--version", std::string("msc-emulator ") + kVersion);
  app.footer(kFooter);
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  AddNetworkFlags(app, line.options);
  AddServiceFlags(app, line.options);
  AddTestFlags(app, line);

  // `serve` takes the flags above, and its help is the one above.
  auto* const serve = app.add_subcommand("serve", "Serve (what it does without a command, too)");
  serve->fallthrough()->set_help_flag();
  auto* const health =
      app.add_subcommand("healthcheck", "Exit 0 when an emulator is ready, else 1");
  health
      ->add_option("--url", line.health_url,
                   "Where the emulator is; default: host and port that --host and --port, or their "
                   "variables, name")
      ->envname("MSC_EMULATOR_URL");
  app.require_subcommand(0, 1);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return {{}, app.exit(error)};
    std::cerr << "msc-emulator: " << error.what() << "\nRun msc-emulator --help for all flags.\n";
    return {{}, kExitUsage};
  }
  if (health->parsed()) line.command = CommandLine::Command::kHealthcheck;
  if (line.health_url.empty()) {
    const bool encrypted = line.options.tls_self_signed || !line.options.tls_certificate.empty();
    const std::string& host = line.options.host;
    const bool is_ipv6 = host.find(':') != std::string::npos && !host.starts_with('[');
    line.health_url = (encrypted ? "https://" : "http://") + (is_ipv6 ? '[' + host + ']' : host) +
                      ':' + std::to_string(line.options.port);
  }
  return {line, 0};
}

}  // namespace msc
