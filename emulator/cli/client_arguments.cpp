#include "emulator/cli/client_arguments.h"

#include <algorithm>
#include <string_view>

#include "emulator/base/nearest.h"

namespace msc {
namespace {

[[noreturn]] void Refuse(const std::string& flag, const std::string& why) {
  throw CLI::ValidationError(flag, why);
}

void RefuseFlag(const CLI::App& app, const std::string& flag, const std::string& why) {
  if (app.count(flag) > 0) Refuse(flag, "it has no meaning here: " + why);
}

void CheckSweep(const CLI::App& app, const CommandLine& line) {
  const std::string why = "each run of COMMAND has an emulator of its own, which keeps nothing";
  RefuseFlag(app, "--data", why);
  RefuseFlag(app, "--ready-file", why);
  if (line.timeout.count() == 0) Refuse("--timeout", "'0s' is not allowed; it must be above 0");
}

}  // namespace

std::vector<Operation> ParseIgnored(const std::vector<std::string>& names) {
  std::vector<std::string_view> known;
  for (int i = 0; i < kOperationCount; ++i) known.push_back(Name(static_cast<Operation>(i)));
  std::vector<Operation> ignored;
  for (const auto& name : names) {
    const auto operation = ParseOperation(name);
    if (!operation) {
      Refuse("--ignore", "'" + name + "' is not allowed; it must be an operation such as " +
                             "CreateVideo" + DidYouMean(name, known));
    }
    ignored.push_back(*operation);
  }
  return ignored;
}

int TakeClient(int argc, char** argv, std::vector<std::string>& client) {
  char** const end = argv + argc;
  char** const mark =
      std::find_if(argv, end, [](const char* text) { return std::string_view(text) == "--"; });
  if (mark != end) client.assign(mark + 1, end);
  return static_cast<int>(mark - argv);
}

void ResolveClientArguments(const CLI::App& app, CommandLine& line) {
  const bool sweep = line.command == CommandLine::Command::kSweep;
  if (!sweep && line.command != CommandLine::Command::kExec) {
    if (!line.client.empty()) Refuse("--", "a COMMAND follows it with exec and sweep alone");
    return;
  }
  if (line.client.empty()) {
    const std::string name = sweep ? "sweep" : "exec";
    Refuse(name, "there is no COMMAND; usage: msc-emulator " + name + " [flags] -- COMMAND…");
  }
  RefuseFlag(app, "--exit-with-parent", "the end of COMMAND is the end of all");
  if (sweep) CheckSweep(app, line);
  if (sweep || app.count("--port") == 0) line.options.port = 0;
  if (app.count("--log-level") == 0) line.log_level = "warning";
}

}  // namespace msc
