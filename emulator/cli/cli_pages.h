#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace msc {

// A flag of the command line, as shells and the man page describe it.
struct FlagText {
  std::string name;  // "--port"
  std::string help;
  std::string environment;  // "MSC_PORT"; empty: none.
  bool takes_value = true;
  std::vector<std::string> choices = {};  // All allowed values, if they are a list of words.
};

struct CommandText {
  std::string name;
  std::string help;
  std::vector<FlagText> flags = {};  // Those that serve does not have.
};

// The whole command line, read from its definition, so that what is made of it has every flag.
struct CommandLineText {
  std::string description;
  std::string footer;
  std::vector<FlagText> flags = {};
  std::vector<CommandText> commands = {};
};

CommandLineText Describe(const CLI::App& app);

// Files that belong into a package. Each is whole, with a last line end.
std::string BashCompletion(const CommandLineText& text);
std::string ZshCompletion(const CommandLineText& text);
std::string FishCompletion(const CommandLineText& text);
std::string ManPage(const CommandLineText& text);  // In roff, section 1.

// Adds the command `generate PAGE`, which is for packages and not in the help, and makes its
// output.
CLI::App* AddGenerate(CLI::App& app, std::string& page);
std::string MakePage(const CLI::App& app, const std::string& page);

}  // namespace msc
