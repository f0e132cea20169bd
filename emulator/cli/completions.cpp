#include <string_view>

#include "emulator/cli/cli_pages.h"

namespace msc {
namespace {

std::string JoinWords(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string CommandNames(const CommandLineText& text) {
  std::vector<std::string> names;
  for (const auto& command : text.commands) names.push_back(command.name);
  return JoinWords(names);
}

std::string FlagNames(const std::vector<FlagText>& flags) {
  std::vector<std::string> names;
  for (const auto& flag : flags) names.push_back(flag.name);
  return JoinWords(names);
}

// In single quotes, for a shell. `special` gets a backslash before it.
std::string QuoteForShell(std::string_view text, std::string_view special = "") {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
      continue;
    }
    if (special.find(c) != std::string_view::npos) quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string BashValues(const FlagText& flag) {
  if (!flag.takes_value) return "";
  if (flag.choices.empty()) return "    " + flag.name + ") return ;;\n";
  return "    " + flag.name + ") mapfile -t COMPREPLY < <(compgen -W '" + JoinWords(flag.choices) +
         "' -- \"$word\"); return ;;\n";
}

// One argument of _arguments.
std::string ZshFlag(const FlagText& flag) {
  const std::string name = flag.name + (flag.takes_value ? "=" : "");
  const std::string values = flag.choices.empty() ? "_files" : '(' + JoinWords(flag.choices) + ')';
  return "    " + QuoteForShell(name) + QuoteForShell('[' + flag.help + ']', ":") +
         (flag.takes_value ? QuoteForShell(":value:" + values) : "") + " \\\n";
}

std::string FishFlag(const FlagText& flag, const std::string& condition) {
  std::string line = "complete -c msc-emulator" + condition + " -l " + flag.name.substr(2);
  if (!flag.choices.empty()) {
    line += " -x -a " + QuoteForShell(JoinWords(flag.choices));
  } else if (flag.takes_value) {
    line += " -r";
  }
  return line + " -d " + QuoteForShell(flag.help) + '\n';
}

}  // namespace

std::string BashCompletion(const CommandLineText& text) {
  std::string values;
  for (const auto& flag : text.flags) values += BashValues(flag);
  std::string own_flags;
  for (const auto& command : text.commands) {
    for (const auto& flag : command.flags) values += BashValues(flag);
    if (command.flags.empty()) continue;
    own_flags += "      " + command.name + ") flags+=' " + FlagNames(command.flags) + "' ;;\n";
  }
  return "# Completion of msc-emulator for bash.\n"
         "_msc_emulator() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "  local commands='" +
         CommandNames(text) +
         "'\n"
         "  local flags='" +
         FlagNames(text.flags) +
         "' i\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    case ${COMP_WORDS[i]} in\n"
         "      --) return ;;\n" +
         own_flags +
         "    esac\n"
         "  done\n"
         "  case $previous in\n" +
         values +
         "  esac\n"
         "  ((COMP_CWORD > 1)) || flags+=\" $commands\"\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$flags\" -- \"$word\")\n"
         "}\n"
         "complete -o default -F _msc_emulator msc-emulator\n";
}

std::string ZshCompletion(const CommandLineText& text) {
  std::string page = "#compdef msc-emulator\n_msc_emulator() {\n  _arguments \\\n";
  for (const auto& flag : text.flags) page += ZshFlag(flag);
  std::string seen = FlagNames(text.flags) + ' ';
  for (const auto& command : text.commands) {
    for (const auto& flag : command.flags) {
      if (seen.find(flag.name + ' ') == std::string::npos) page += ZshFlag(flag);
      seen += flag.name + ' ';
    }
  }
  return page + "    '1:command:(" + CommandNames(text) +
         ")' \\\n    '*::arguments:_files'\n}\n_msc_emulator \"$@\"\n";
}

std::string FishCompletion(const CommandLineText& text) {
  std::string page = "# Completion of msc-emulator for fish.\n";
  for (const auto& command : text.commands) {
    page += "complete -c msc-emulator -n __fish_use_subcommand -f -a " + command.name + " -d " +
            QuoteForShell(command.help) + '\n';
    const std::string condition = " -n '__fish_seen_subcommand_from " + command.name + "'";
    for (const auto& flag : command.flags) page += FishFlag(flag, condition);
  }
  for (const auto& flag : text.flags) page += FishFlag(flag, "");
  return page;
}

}  // namespace msc
