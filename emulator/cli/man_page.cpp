#include <string_view>

#include "emulator/cli/cli_pages.h"
#include "emulator/version.h"

namespace msc {
namespace {

// Text for roff: no character in it means anything there.
std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '\'') {
      escaped += "\\(aq";
    } else {
      // A line that begins with a point would be a command.
      if (c == '.' && (escaped.empty() || escaped.back() == '\n')) escaped += "\\&";
      escaped += c;
    }
  }
  return escaped;
}

std::string DescribeFlag(const FlagText& flag) {
  std::string page = ".TP\n\\fB" + Escape(flag.name) + "\\fR";
  if (flag.takes_value) page += " \\fIVALUE\\fR";
  page += '\n' + Escape(flag.help) + '\n';
  if (!flag.environment.empty()) page += ".br\nEnvironment: " + flag.environment + '\n';
  return page;
}

std::string DescribeCommand(const CommandText& command) {
  std::string page = ".TP\n\\fB" + Escape(command.name) + "\\fR\n" + Escape(command.help) + '\n';
  if (command.flags.empty()) return page;
  page += ".RS\n";
  for (const auto& flag : command.flags) page += DescribeFlag(flag);
  return page + ".RE\n";
}

}  // namespace

std::string ManPage(const CommandLineText& text) {
  std::string page = ".TH MSC\\-EMULATOR 1 \"\" \"msc\\-emulator " + std::string(kVersion) +
                     "\" \"User Commands\"\n"
                     ".SH NAME\nmsc\\-emulator \\- emulator of the Azure Media Services Connector\n"
                     ".SH SYNOPSIS\n.B msc\\-emulator\n[\\fICOMMAND\\fR] [\\fIFLAGS\\fR] "
                     "[\\-\\- \\fICLIENT\\fR...]\n"
                     ".SH DESCRIPTION\n" +
                     Escape(text.description) + "\n.SH COMMANDS\n";
  for (const auto& command : text.commands) page += DescribeCommand(command);
  page += ".SH OPTIONS\n";
  for (const auto& flag : text.flags) page += DescribeFlag(flag);
  return page + ".SH NOTES\n.nf\n" + Escape(text.footer) + "\n.fi\n";
}

}  // namespace msc
