#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

// With these flags and no others.
Ended RunWith(const std::vector<std::string>& flags,
              const std::vector<std::string>& environment = {}) {
  std::vector<std::string> command = {EmulatorProgram()};
  command.insert(command.end(), flags.begin(), flags.end());
  return RunToEnd(command, environment);
}

TEST(CommandLine, PrintsOneReadyLine) {
  EmulatorProcess child(EmulatorCommand({}));

  EXPECT_THAT(child.ready(),
              MatchesRegex(R"(\{"event":"ready","schema":1,"url":"http://127.0.0.1:[0-9]+",)"
                           R"("blobUrl":"http://127.0.0.1:[0-9]+/devstoreaccount1",)"
                           R"("adminUrl":"http://127.0.0.1:[0-9]+/__admin","port":[0-9]+,)"
                           R"("pid":[0-9]+,"version":"[0-9.]+"\})"));
  EXPECT_EQ(StatusOf(Call(child.port(), "GET", "/__admin/health")), 200);
}

TEST(CommandLine, StopsCleanlyWhenAsked) {
  for (const int signal : {SIGINT, SIGTERM}) {
    EmulatorProcess child(EmulatorCommand({}));
    RawClient idle(child.port());

    child.process().Signal(signal);

    EXPECT_EQ(child.process().ReadLine(), "");
    EXPECT_EQ(child.process().Wait(), 0);
    EXPECT_TRUE(idle.IsClosed());
  }
}

TEST(CommandLine, NamesFlagValueAndRemedy) {
  const auto ended = RunWith({"--processing-time", "soon"});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors,
              AllOf(HasSubstr("--processing-time"), HasSubstr("'soon'"), HasSubstr("10s")));
}

class BadFlags : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(BadFlags, AreRefusedByName) {
  const auto ended = RunWith(GetParam());

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors, HasSubstr(GetParam().front()));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadFlags,
    ::testing::Values(
        std::vector<std::string>{"--port", "65536"}, std::vector<std::string>{"--port", "x"},
        std::vector<std::string>{"--port", "0x10"}, std::vector<std::string>{"--random-seed", "-1"},
        std::vector<std::string>{"--host", "198.51.100.7"},
        std::vector<std::string>{"--tls-cert", "/nope", "--tls-key", "/nope", "--port", "0"},
        std::vector<std::string>{"--blob-port", "-1"},
        std::vector<std::string>{"--account-key", "???", "--port", "0"},
        std::vector<std::string>{"--account", "Ab", "--port", "0"},
        std::vector<std::string>{"--upload-permissions", "z", "--port", "0"},
        std::vector<std::string>{"--external-url", "nowhere", "--port", "0"},
        std::vector<std::string>{"--cors-origins", "x", "--port", "0"},
        std::vector<std::string>{"--clock", "frozen=never", "--port", "0"},
        std::vector<std::string>{"--random-seed", "abc"},
        std::vector<std::string>{"--log-level", "loud"},
        std::vector<std::string>{"--no-such-flag"}));

struct EmptyValue {
  std::string flag;
  std::string variable;
};

class EmptyValues : public ::testing::TestWithParam<EmptyValue> {};

TEST_P(EmptyValues, AreRefusedWithFlagAndRemedy) {
  const auto& [flag, variable] = GetParam();

  for (const auto& ended :
       {RunWith({"--port", "0", flag, ""}), RunWith({"--port", "0", flag + "="}),
        RunWith({"--port", "0"}, {variable + "="})}) {
    EXPECT_EQ(ended.code, 2);
    EXPECT_EQ(ended.output, "");
    EXPECT_THAT(ended.errors, AllOf(HasSubstr(flag), HasSubstr("give ")));
  }
}

INSTANTIATE_TEST_SUITE_P(All, EmptyValues,
                         ::testing::Values(EmptyValue{"--admin-token", "MSC_ADMIN_TOKEN"},
                                           EmptyValue{"--require-auth", "MSC_REQUIRE_AUTH"},
                                           EmptyValue{"--admin-hosts", "MSC_ADMIN_HOSTS"},
                                           EmptyValue{"--cors-origins", "MSC_CORS_ORIGINS"},
                                           EmptyValue{"--copy-sources", "MSC_COPY_SOURCES"},
                                           EmptyValue{"--account-key", "MSC_ACCOUNT_KEY"},
                                           EmptyValue{"--accounts", "MSC_ACCOUNTS"},
                                           EmptyValue{"--data", "MSC_DATA"},
                                           EmptyValue{"--seed", "MSC_SEED"},
                                           EmptyValue{"--tls-cert", "MSC_TLS_CERT"}),
                         [](const auto& row) { return row.param.variable; });

TEST(CommandLine, TakesNoEmptySwitchFromTheEnvironment) {
  const auto ended = RunWith({"--port", "0"}, {"MSC_STRICT="});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors, AllOf(HasSubstr("--strict"), HasSubstr("MSC_STRICT is empty")));
}

TEST(CommandLine, PrefersAFlagToAnEmptyVariable) {
  EmulatorProcess child(EmulatorCommand({"--account", "fromflag"}), {"MSC_ACCOUNT="});

  EXPECT_THAT(child.ready(), HasSubstr("/fromflag\""));
}

TEST(CommandLine, ReadsTheEnvironment) {
  EmulatorProcess child(EmulatorCommand({}), {"MSC_ACCOUNT=fromenvironment"});

  EXPECT_THAT(child.ready(), HasSubstr("/fromenvironment\""));
}

TEST(CommandLine, PrefersFlagsToTheEnvironment) {
  EmulatorProcess child(EmulatorCommand({"--account", "fromflag"}),
                        {"MSC_ACCOUNT=fromenvironment"});

  EXPECT_THAT(child.ready(), HasSubstr("/fromflag\""));
}

TEST(CommandLine, RefusesABadValueOfTheEnvironment) {
  const auto ended = RunWith({}, {"MSC_PORT=many"});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors, HasSubstr("many"));
}

TEST(CommandLine, KnowsOneWayToCheckTokens) {
  const auto ended = RunWith({"--oauth", "full"});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors, AllOf(HasSubstr("--oauth"), HasSubstr("it must be 'basic' or 'off'")));
}

TEST(CommandLine, TakesServeAsACommand) {
  ChildProcess process({EmulatorProgram(), "serve", "--port", "0", "--account", "named"});

  EXPECT_THAT(process.ReadLine(), HasSubstr("/named\""));
}

TEST(CommandLine, NamesTheProcessThatHoldsAPort) {
  EmulatorProcess owner(EmulatorCommand({}));

  const auto ended = RunWith({"--port", std::to_string(owner.port())});

  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.errors,
              AllOf(HasSubstr(std::to_string(owner.port())), HasSubstr("msc-emulator (process ")));
}

TEST(CommandLine, NamesASeedThatCannotBeRead) {
  for (const auto& command : {std::vector<std::string>{"serve"}, {"exec", "--", "true"}}) {
    auto flags = command;
    flags.insert(flags.begin() + 1, {"--port", "0", "--seed", "/no/such/seed.json"});

    const auto ended = RunWith(flags);

    EXPECT_EQ(ended.code, 4);
    EXPECT_THAT(ended.errors, HasSubstr("/no/such/seed.json"));
  }
}

TEST(CommandLine, TellsHealthByItsExitCode) {
  EmulatorProcess child(EmulatorCommand({}));
  const std::string url = "http://127.0.0.1:" + std::to_string(child.port());

  EXPECT_EQ(RunWith({"healthcheck", "--url", url}).code, 0);
  EXPECT_EQ(RunWith({"healthcheck", "--port", std::to_string(child.port())}).code, 0);
  child.process().Signal(SIGKILL);
  child.process().Wait();
  EXPECT_EQ(RunWith({"healthcheck", "--url", url}).code, 1);
}

TEST(CommandLine, ListsEveryFlagWithItsVariable) {
  ChildProcess help({EmulatorProgram(), "--help"});
  std::string text;
  for (int empty = 0; empty < 3;) {
    const auto line = help.ReadLine();
    empty = line.empty() ? empty + 1 : 0;
    text += line + '\n';
  }

  for (const char* name :
       {"--host", "MSC_HOST", "--data", "MSC_DATA", "--tls-self-signed", "MSC_TLS_SELF_SIGNED",
        "--processing-time", "MSC_PROCESSING_TIME", "--seed", "MSC_SEED", "--ready-file",
        "MSC_READY_FILE", "--exit-with-parent", "MSC_EXIT_WITH_PARENT", "exec", "sweep",
        "healthcheck", "verify"}) {
    EXPECT_THAT(text, HasSubstr(name));
  }
  EXPECT_EQ(help.Wait(), 0);
}

struct CommandHelp {
  const char* command;
  const char* has;
  const char* has_not;
};

void PrintTo(const CommandHelp& help, std::ostream* out) { *out << help.command; }

class HelpOfCommand : public ::testing::TestWithParam<CommandHelp> {};

TEST_P(HelpOfCommand, IsItsOwn) {
  const std::string script = "\"$0\" " + std::string(GetParam().command) + " --help >&2";

  const auto help = RunToEnd({"sh", "-c", script, EmulatorProgram()});

  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.errors,
              AllOf(HasSubstr(std::string("Usage: msc-emulator ") + GetParam().command),
                    HasSubstr(GetParam().has), Not(HasSubstr(GetParam().has_not))));
}

INSTANTIATE_TEST_SUITE_P(Commands, HelpOfCommand,
                         ::testing::Values(CommandHelp{"serve", "--data", "--timeout"},
                                           CommandHelp{"exec", "--port", "--exit-with-parent"},
                                           CommandHelp{"sweep", "--ignore", "--ready-file"},
                                           CommandHelp{"healthcheck", "--port", "--seed"},
                                           CommandHelp{"verify", "--data", "--port"}),
                         [](const auto& row) { return row.param.command; });

TEST(CommandLine, NamesTheNearestFlagAndCommand) {
  EXPECT_THAT(RunWith({"--prot", "0"}).errors, HasSubstr("did you mean \"--port\"?"));
  EXPECT_THAT(RunWith({"serv"}).errors, HasSubstr("did you mean \"serve\"?"));
  EXPECT_THAT(RunWith({"sweep", "--ingore=GetKey", "--", "true"}).errors,
              HasSubstr("did you mean \"--ignore\"?"));
}

TEST(CommandLine, TakesACommandToRunWhereItRunsOne) {
  const auto ended = RunWith({"serve", "--", "true"});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors, HasSubstr("exec and sweep"));
}

}  // namespace
}  // namespace msc
