#include <msc/emulator.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "emulator/command_line.h"
#include "emulator/exit_code.h"
#include "emulator/http/probe.h"
#include "emulator/logging.h"
#include "emulator/version.h"

namespace msc {
namespace {

// Every connection is a descriptor: take as many as the system lets us.
void RaiseFileLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Blocked in all threads that come, so that WaitForEnd gets them.
sigset_t BlockEndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void PrintReadyLine(const Emulator& emulator) {
  const nlohmann::ordered_json line = {{"event", "ready"},
                                       {"schema", 1},
                                       {"url", emulator.Url()},
                                       {"blobUrl", emulator.BlobUrl()},
                                       {"adminUrl", emulator.AdminUrl()},
                                       {"port", emulator.Port()},
                                       {"pid", ::getpid()},
                                       {"version", kVersion}};
  std::cout << line.dump() << std::endl;
}

void PrintBanner(const Emulator& emulator, const EmulatorOptions& options) {
  const std::string url = emulator.Url();
  const std::string insecure = url.starts_with("https") ? "-k " : "";
  std::cerr << "Media Services Connector Emulator " << kVersion << "\n"
            << "  videos   " << url << "/api/Videos\n"
            << "  blobs    " << emulator.BlobUrl() << "\n"
            << "  keys     " << url << "/keydelivery?kid=<id>\n"
            << "  control  " << emulator.AdminUrl() << "/health\n"
            << "  data     "
            << (options.data_directory.empty() ? "in memory and unnamed files; gone at the end"
                                               : options.data_directory)
            << "\nTry:\n  curl -s " << insecure << url
            << "/api/Videos -d '{\"OriginalFileName\":\"clip.mp4\"}'\n";
}

// "processing_time: …" of the options is "--processing-time: …" here.
std::string AsFlag(std::string text) {
  const auto colon = text.find(':');
  std::replace(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), '_', '-');
  if (text.starts_with("frozen-at:")) text.replace(0, 9, "clock");
  if (text.starts_with("tls-certificate:")) text.replace(0, 15, "tls-cert");
  return "--" + text;
}

int ReportStartError(const StartError& error) {
  std::string text = error.what();
  int code = kExitFailed;
  switch (error.reason()) {
    case StartError::Reason::kOption:
      text = AsFlag(text);
      code = kExitUsage;
      break;
    case StartError::Reason::kPortTaken:
      code = kExitPortTaken;
      break;
    case StartError::Reason::kSeed:
      code = kExitBadSeed;
      break;
    case StartError::Reason::kResource:
      break;
  }
  std::cerr << "msc-emulator: " << text << '\n';
  return code;
}

int Serve(const CommandLine& line) {
  RaiseFileLimit();
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // A file over its limit is an error like a full disk.
  const sigset_t end_signals = BlockEndSignals();
  try {
    EmulatorOptions options = line.options;
    options.log = MakeLogSink(line.log_level, line.log_format);
    const Emulator emulator(options);
    PrintBanner(emulator, options);
    PrintReadyLine(emulator);
    int signal = 0;
    ::sigwait(&end_signals, &signal);
    options.log("info", signal == SIGINT ? "stopping (SIGINT)" : "stopping (SIGTERM)");
    return 0;
  } catch (const StartError& error) {
    return ReportStartError(error);
  }
}

int Healthcheck(std::string url, const std::string& token) {
  while (url.ends_with('/')) url.pop_back();
  const auto status = http::ProbeStatus(url + "/__admin/ready", token);
  if (status == 200) return 0;
  std::cerr << "msc-emulator: " << url
            << (status ? " is not ready: its answer was " + std::to_string(*status)
                       : " does not answer")
            << '\n';
  return kExitFailed;
}

int Main(int argc, char** argv) {
  const auto parsed = ParseCommandLine(argc, argv);
  if (!parsed.command_line) return parsed.exit_code;
  switch (parsed.command_line->command) {
    case CommandLine::Command::kServe:
      return Serve(*parsed.command_line);
    case CommandLine::Command::kHealthcheck:
      return Healthcheck(parsed.command_line->health_url, parsed.command_line->options.admin_token);
  }
  return kExitFailed;
}

}  // namespace
}  // namespace msc

int main(int argc, char** argv) {
  try {
    return msc::Main(argc, argv);
  } catch (const std::exception& fault) {
    std::cerr << "msc-emulator: " << fault.what() << '\n';
    return msc::kExitFailed;
  }
}
