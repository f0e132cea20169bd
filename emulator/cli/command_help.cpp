#include "emulator/cli/command_help.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "emulator/base/nearest.h"

namespace msc {
namespace {

struct HelpText {
  std::string_view command;
  std::string_view usage;
  std::vector<std::string_view> without;  // Flags of serve that have no meaning here.
  std::string_view footer;
};

const std::array<HelpText, 5> kHelpTexts = {{
    {"serve",
     "[flags]",
     {},
     "Writes one line of JSON to stdout once requests are served; everything else goes to stderr.\n"
     "Exit codes: 0 stopped, 1 failed, 2 bad flag or value, 3 port taken, 4 bad seed.\n"
     "Example:\n"
     "  msc-emulator serve --processing-time 2s --data ./videos\n"},
    {"exec",
     "[flags] -- COMMAND…",
     {"--exit-with-parent"},
     "COMMAND gets the addresses in MSC_EMULATOR_URL, MSC_EMULATOR_BLOB_URL and\n"
     "MSC_EMULATOR_ADMIN_URL. Without --port, any free port is used; only COMMAND writes to "
     "stdout;\n"
     "by default only warnings and errors are logged.\n"
     "Exit codes: that of COMMAND (128 + n for signal n), 126 it cannot be run, 127 it is not "
     "found,\n"
     "2 bad flag or value, 3 port taken, 4 bad seed.\n"
     "Example:\n"
     "  msc-emulator exec --clock frozen -- npm test\n"},
    {"sweep",
     "[flags] -- COMMAND…",
     {"--data", "--port", "--ready-file", "--exit-with-parent"},
     "COMMAND gets the addresses in MSC_EMULATOR_URL, MSC_EMULATOR_BLOB_URL and\n"
     "MSC_EMULATOR_ADMIN_URL. The report goes to stdout, progress to stderr.\n"
     "Exit codes: 0 all survived, 1 not all, 2 bad flag or value, 126 COMMAND cannot be run, 127 "
     "it\n"
     "is not found.\n"
     "Example:\n"
     "  msc-emulator sweep --timeout 10s --ignore CreateVideo -- ./upload clip.mp4\n"},
    {"healthcheck",
     "[--url URL | --host HOST --port PORT]",
     {},
     "Exit codes: 0 ready, 1 not ready.\n"
     "Example:\n"
     "  msc-emulator healthcheck --port 10010\n"},
    {"verify",
     "--data DIR",
     {},
     "Exit codes: 0 sound, 1 problems, 2 bad flag or value, 3 another process uses the folder.\n"
     "Example:\n"
     "  msc-emulator verify --data ./videos\n"},
}};

// The flags of serve that healthcheck uses: where the emulator is.
constexpr std::array<std::string_view, 6> kOfHealthcheck = {
    "--help", "--host", "--port", "--tls-cert", "--tls-self-signed", "--admin-token"};

const HelpText* HelpTextOf(std::string_view command) {
  const auto* const text =
      std::find_if(kHelpTexts.begin(), kHelpTexts.end(),
                   [&](const auto& candidate) { return candidate.command == command; });
  return text == kHelpTexts.end() ? nullptr : &*text;
}

std::vector<std::string> FlagNamesOf(const CLI::Option& option) {
  std::vector<std::string> flags;
  for (const auto& name : option.get_lnames()) flags.push_back("--" + name);
  return flags;
}

bool HasOneOf(const CLI::Option& option, const auto& names) {
  const auto flags = FlagNamesOf(option);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return std::find(flags.begin(), flags.end(), name) != flags.end();
  });
}

void HideWhatHasNoMeaning(CLI::App& app, const HelpText& text) {
  const bool is_healthcheck = text.command == "healthcheck";
  const bool is_verify = text.command == "verify";  // It uses none.
  for (auto* const option : app.get_options()) {
    const bool is_hidden = is_verify || (is_healthcheck ? !HasOneOf(*option, kOfHealthcheck)
                                                        : HasOneOf(*option, text.without));
    if (is_hidden || HasOneOf(*option, std::array<std::string_view, 1>{"--version"})) {
      option->group("");
    }
  }
}

}  // namespace

std::string HelpOf(CLI::App& app, const CLI::App& command) {
  const CLI::Formatter formatter;
  const auto mode = CLI::AppFormatMode::Normal;
  const auto* const text = HelpTextOf(command.get_name());
  if (text != nullptr) HideWhatHasNoMeaning(app, *text);
  std::string help = command.get_description() + "\nUsage: msc-emulator " + command.get_name() +
                     ' ' + std::string(text != nullptr ? text->usage : "[flags]") + '\n';
  help += formatter.make_groups(&command, mode) + formatter.make_groups(&app, mode);
  if (text != nullptr) help.append(1, '\n').append(text->footer);
  return help;
}

std::string DidYouMeanFlag(const CLI::App& app) {
  const auto unexpected = app.remaining(/*recurse=*/true);
  if (unexpected.empty()) return {};
  std::vector<std::string> names;
  const auto every = [](const CLI::App*) { return true; };
  for (const auto* const command : app.get_subcommands(every)) {
    names.push_back(command->get_name());
    for (const auto* const option : command->get_options()) {
      for (auto& flag : FlagNamesOf(*option)) names.push_back(std::move(flag));
    }
  }
  for (const auto* const option : app.get_options()) {
    for (auto& flag : FlagNamesOf(*option)) names.push_back(std::move(flag));
  }
  const std::string& first = unexpected.front();
  return DidYouMean(std::string_view(first).substr(0, first.find('=')),
                    {names.begin(), names.end()});
}

}  // namespace msc
