#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;

// What the program writes to stdout.
std::string OutputOf(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {EmulatorProgram()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  ChildProcess child(command);
  std::string output;
  int empty_lines = 0;
  while (empty_lines < 10) {  // The end looks like an empty line.
    const auto line = child.ReadLine();
    empty_lines = line.empty() ? empty_lines + 1 : 0;
    output += line + '\n';
  }
  EXPECT_EQ(child.Wait(), 0);
  return output;
}

// The words of `text` that begin with two dashes, without these.
std::set<std::string> FlagsIn(const std::string& text) {
  std::set<std::string> flags;
  for (auto at = text.find(" --"); at != std::string::npos; at = text.find(" --", at + 1)) {
    const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at + 3);
    if (end > at + 3) flags.insert(text.substr(at + 3, end - at - 3));
  }
  return flags;
}

// The flag as that page writes it.
std::string InPage(const std::string& page, const std::string& flag) {
  if (page == "fish") return " -l " + flag + ' ';
  if (page != "man") return "--" + flag;
  std::string escaped = "\\-\\-" + flag;
  for (auto at = escaped.find('-', 4); at != std::string::npos; at = escaped.find('-', at + 2)) {
    escaped.insert(at, "\\");
  }
  return escaped + "\\fR";
}

class CliPages : public ::testing::TestWithParam<std::string> {};

TEST_P(CliPages, HaveEveryFlagAndCommandOfTheHelp) {
  const auto flags = FlagsIn(OutputOf({"--help"}));
  ASSERT_GT(flags.size(), 25U);

  const auto page = OutputOf({"generate", GetParam()});

  for (const auto& flag : flags) EXPECT_THAT(page, HasSubstr(InPage(GetParam(), flag)));
  for (const auto* command : {"serve", "exec", "sweep", "healthcheck"}) {
    EXPECT_THAT(page, HasSubstr(command));
  }
  EXPECT_THAT(page, HasSubstr(InPage(GetParam(), "timeout")));
}

INSTANTIATE_TEST_SUITE_P(All, CliPages, ::testing::Values("bash", "zsh", "fish", "man"),
                         [](const auto& page) { return page.param; });

TEST(CliPages, AreNotInTheHelp) {
  EXPECT_THAT(OutputOf({"--help"}), ::testing::Not(HasSubstr("generate")));
}

}  // namespace
}  // namespace msc
