#include "emulator/cli/cli_pages.h"

#include <CLI/CLI.hpp>

namespace msc {
namespace {

// CLI11 shows the words that CLI::IsMember allows as "TEXT:{debug,info}".
std::vector<std::string> ReadChoices(const std::string& type) {
  const auto open = type.find('{');
  if (open == std::string::npos || !type.ends_with('}')) return {};
  return CLI::detail::split(type.substr(open + 1, type.size() - open - 2), ',');
}

std::vector<FlagText> ReadFlags(const CLI::App& app) {
  std::vector<FlagText> flags;
  for (const auto* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    flags.push_back({.name = "--" + option->get_lnames().front(),
                     .help = option->get_description(),
                     .environment = option->get_envname(),
                     .takes_value = option->get_items_expected_max() > 0,
                     .choices = ReadChoices(option->get_type_name())});
  }
  return flags;
}

}  // namespace

CommandLineText Describe(const CLI::App& app) {
  CommandLineText text{
      .description = app.get_description(), .footer = app.get_footer(), .flags = ReadFlags(app)};
  const auto is_shown = [](const CLI::App* command) { return !command->get_group().empty(); };
  for (const auto* command : app.get_subcommands(is_shown)) {
    text.commands.push_back({command->get_name(), command->get_description(), ReadFlags(*command)});
  }
  return text;
}

CLI::App* AddGenerate(CLI::App& app, std::string& page) {
  auto* const command = app.add_subcommand("generate")->group("");
  command->add_option("page", page)
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish", "man"}));
  return command;
}

std::string MakePage(const CLI::App& app, const std::string& page) {
  const auto text = Describe(app);
  if (page == "bash") return BashCompletion(text);
  if (page == "zsh") return ZshCompletion(text);
  if (page == "fish") return FishCompletion(text);
  return ManPage(text);
}

}  // namespace msc
