#include "emulator/cli/serve_command.h"

#include <iostream>
#include <string>

#include "emulator/cli/addresses.h"
#include "emulator/cli/logging.h"
#include "emulator/cli/process_setup.h"
#include "emulator/cli/ready_file.h"
#include "emulator/cli/shutdown_signal.h"
#include "emulator/version.h"

namespace msc {
namespace {

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
                                               : options.data_directory.string())
            << "\nTry:\n  curl -s " << insecure << url
            << "/api/Videos -d '{\"OriginalFileName\":\"clip.mp4\"}'\n";
}

}  // namespace

int Serve(const CommandLine& line) {
  const ProcessSetup setup({SIGINT, SIGTERM});
  const ShutdownSignal end(setup.awaited(), line.exit_with_parent);
  ReadyFile ready_file(line.ready_file);
  EmulatorOptions options = line.options;
  options.log = MakeLogSink(line.log_level, line.log_format);
  options.on_shutdown = [&end] { end.Ask(); };

  const Emulator emulator(options);
  PrintBanner(emulator, options);
  const std::string ready = ReadyLine(emulator);
  ready_file.Publish(ready);
  std::cout << ready << std::endl;
  options.log("info", "stopping (" + end.Wait() + ')');
  return 0;
}

}  // namespace msc
