#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "emulator/cli/command_line.h"

namespace msc {

// The operations of --ignore. Throws CLI::ValidationError, with the nearest name, for an unknown
// one.
std::vector<Operation> ParseIgnored(const std::vector<std::string>& names);

// Moves the arguments after "--", which are COMMAND's, to `client`. Returns how many arguments come
// before it.
int TakeClient(int argc, char** argv, std::vector<std::string>& client);

// Checks the command line of exec and sweep, and sets their port and log level. `app` has parsed
// it. Throws CLI::ParseError for flags that contradict each other.
void ResolveClientArguments(const CLI::App& app, CommandLine& line);

}  // namespace msc
