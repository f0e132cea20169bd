#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "emulator/cli/command_line.h"

namespace msc {

// Moves what stands after "--", which is not ours to read, to `client`. Returns how many of the
// arguments come before it.
int TakeClient(int argc, char** argv, std::vector<std::string>& client);

// What exec and sweep ask of a command line, and what they change in it: their port and their log.
// `app` has parsed it. Throws CLI::ParseError for what makes no sense together.
void ResolveClientArguments(const CLI::App& app, CommandLine& line);

}  // namespace msc
