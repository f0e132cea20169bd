#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace msc {

// The help of one command: its own flags, and those of serve that have a meaning for it. Hides the
// others in `app`, which cannot be used after that.
std::string HelpOf(CLI::App& app, const CLI::App& command);

// `; did you mean "--port"?` for the first argument that `app` did not expect; empty if it expected
// all of them, or if no flag and no command is similar.
std::string DidYouMeanFlag(const CLI::App& app);

}  // namespace msc
