#include "emulator/cli/serve_command.h"

#include <iostream>
#include <string>

#include "emulator/base/json_text.h"
#include "emulator/base/time_format.h"
#include "emulator/cli/addresses.h"
#include "emulator/cli/logging.h"
#include "emulator/cli/process_setup.h"
#include "emulator/cli/ready_file.h"
#include "emulator/cli/shutdown_signal.h"
#include "emulator/version.h"

namespace msc {
namespace {

std::string DataPlace(const EmulatorOptions& options) {
  return options.data_directory.empty() ? "in memory and unnamed files; gone at the end"
                                        : options.data_directory.string();
}

std::string BannerText(const Emulator& emulator, const EmulatorOptions& options) {
  const std::string url = emulator.Url();
  const std::string insecure = url.starts_with("https") ? "-k " : "";
  return std::string("Media Services Connector Emulator ") + kVersion + "\n  page     " + url +
         "/\n  videos   " + url + "/api/Videos\n  blobs    " + emulator.BlobUrl() +
         "\n  keys     " + url + "/keydelivery?kid=<id>\n  control  " + emulator.AdminUrl() +
         "/health\n  data     " + DataPlace(options) + "\nTry:\n  curl -s " + insecure + url +
         "/api/Videos -d '{\"OriginalFileName\":\"clip.mp4\"}'";
}

std::string BannerJson(const Emulator& emulator, const EmulatorOptions& options) {
  return JsonText()
      .Text("time", FormatMillis(emulator.Now()))
      .Text("level", "info")
      .Text("event", "started")
      .Text("version", kVersion)
      .Text("url", emulator.Url())
      .Text("blobUrl", emulator.BlobUrl())
      .Text("adminUrl", emulator.AdminUrl())
      .Text("data", DataPlace(options))
      .Finish();
}

// Written before the ready line, so that a reader of both sees them in that order.
void WriteBanner(ProgramLog& log, const Emulator& emulator, const EmulatorOptions& options) {
  log.WriteAsItIs("info", log.style() == LogStyle::kJson ? BannerJson(emulator, options)
                                                         : BannerText(emulator, options));
}

}  // namespace

int Serve(const CommandLine& line) {
  const ProcessSetup setup({SIGINT, SIGTERM});
  const ShutdownSignal end(setup.awaited(), line.exit_with_parent);
  ReadyFile ready_file(line.ready_file);
  EmulatorOptions options = line.options;
  ProgramLog log(line.log_level, line.log_format);
  log.Attach(options);
  options.on_shutdown = [&end] { end.Ask(); };

  const Emulator emulator(options);
  log.UseClockOf(&emulator);
  WriteBanner(log, emulator, options);
  const std::string ready = ReadyLine(emulator);
  ready_file.Publish(ready);
  std::cout << ready << std::endl;
  log.Write("info", "stopping (" + end.Wait() + ')');
  log.UseClockOf(nullptr);
  return 0;
}

}  // namespace msc
