#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace msc {

// An empty value of a flag would mean "none": a token that is demanded of nobody, data that is not
// kept. It comes from a shell variable that is not set, so it is rejected in each of its forms.

// A validator of CLI11, for `--flag ""`: empty if the text is accepted, else why not.
std::string CheckNotEmpty(const std::string& text);

// For "--flag=". Throws CLI::ValidationError.
void RefuseEmptyAssignments(int argc, char** argv);

// For an environment variable that is set to nothing, unless its flag is given. Throws
// CLI::ValidationError. REQUIRES: `app` has parsed the command line.
void RefuseEmptyVariables(const CLI::App& app);

}  // namespace msc
