#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

const std::string kProgram = MSC_PROGRAM;

// A running emulator on a port that the system picked.
class Child {
 public:
  explicit Child(std::vector<std::string> flags, const std::vector<std::string>& environment = {})
      : process_(Command(std::move(flags)), environment), ready_(process_.ReadLine()) {
    const auto at = ready_.find("\"port\":");
    if (at != std::string::npos) port_ = std::stoi(ready_.substr(at + 7));
  }

  int port() const { return port_; }
  const std::string& ready() const { return ready_; }
  ChildProcess& process() { return process_; }

 private:
  static std::vector<std::string> Command(std::vector<std::string> flags) {
    flags.insert(flags.begin(), {kProgram, "--port", "0"});
    return flags;
  }

  ChildProcess process_;
  std::string ready_;
  int port_ = 0;
};

struct Ended {
  int code;
  std::string errors;
};

Ended RunToEnd(const std::vector<std::string>& flags,
               const std::vector<std::string>& environment = {}) {
  std::vector<std::string> command = {kProgram};
  command.insert(command.end(), flags.begin(), flags.end());
  ChildProcess process(command, environment);
  while (!process.ReadLine().empty()) {
  }
  const int code = process.Wait();
  return {code, process.Errors()};
}

std::string Contents(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

TEST(CommandLine, PrintsOneReadyLine) {
  Child child({});

  EXPECT_THAT(child.ready(),
              MatchesRegex(R"(\{"event":"ready","schema":1,"url":"http://127.0.0.1:[0-9]+",)"
                           R"("blobUrl":"http://127.0.0.1:[0-9]+/devstoreaccount1",)"
                           R"("adminUrl":"http://127.0.0.1:[0-9]+/__admin","port":[0-9]+,)"
                           R"("pid":[0-9]+,"version":"[0-9.]+"\})"));
  EXPECT_EQ(StatusOf(Call(child.port(), "GET", "/__admin/health")), 200);
}

TEST(CommandLine, StopsCleanlyWhenAsked) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Child child({});
    RawClient idle(child.port());

    child.process().Signal(signal);

    EXPECT_EQ(child.process().ReadLine(), "");
    EXPECT_EQ(child.process().Wait(), 0);
    EXPECT_TRUE(idle.IsClosed());
  }
}

TEST(CommandLine, NamesFlagValueAndRemedy) {
  const auto ended = RunToEnd({"--processing-time", "soon"});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors,
              AllOf(HasSubstr("--processing-time"), HasSubstr("'soon'"), HasSubstr("10s")));
}

class BadFlags : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(BadFlags, AreRefusedByName) {
  const auto ended = RunToEnd(GetParam());

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

TEST(CommandLine, ReadsTheEnvironment) {
  Child child({}, {"MSC_ACCOUNT=fromenvironment"});

  EXPECT_THAT(child.ready(), HasSubstr("/fromenvironment\""));
}

TEST(CommandLine, PrefersFlagsToTheEnvironment) {
  Child child({"--account", "fromflag"}, {"MSC_ACCOUNT=fromenvironment"});

  EXPECT_THAT(child.ready(), HasSubstr("/fromflag\""));
}

TEST(CommandLine, RefusesABadValueOfTheEnvironment) {
  const auto ended = RunToEnd({}, {"MSC_PORT=many"});

  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.errors, HasSubstr("many"));
}

TEST(CommandLine, TakesServeAsTheCommandThatItIsWithoutOne) {
  ChildProcess process({kProgram, "serve", "--port", "0", "--account", "named"});

  EXPECT_THAT(process.ReadLine(), HasSubstr("/named\""));
}

TEST(CommandLine, SaysWhoHoldsAPort) {
  Child owner({});

  const auto ended = RunToEnd({"--port", std::to_string(owner.port())});

  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.errors,
              AllOf(HasSubstr(std::to_string(owner.port())), HasSubstr("msc-emulator (process ")));
}

TEST(CommandLine, TellsHealthByItsExitCode) {
  Child child({});
  const std::string url = "http://127.0.0.1:" + std::to_string(child.port());

  EXPECT_EQ(RunToEnd({"healthcheck", "--url", url}).code, 0);
  child.process().Signal(SIGKILL);
  child.process().Wait();
  EXPECT_EQ(RunToEnd({"healthcheck", "--url", url}).code, 1);
}

TEST(CommandLine, ListsEveryFlagWithItsVariable) {
  ChildProcess help({kProgram, "--help"});
  std::string text;
  for (int empty = 0; empty < 3;) {
    const auto line = help.ReadLine();
    empty = line.empty() ? empty + 1 : 0;
    text += line + '\n';
  }

  for (const char* name :
       {"--host", "MSC_HOST", "--data", "MSC_DATA", "--tls-self-signed", "MSC_TLS_SELF_SIGNED",
        "--processing-time", "MSC_PROCESSING_TIME", "healthcheck"}) {
    EXPECT_THAT(text, HasSubstr(name));
  }
  EXPECT_EQ(help.Wait(), 0);
}

TEST(Records, SurviveAKill) {
  const ScratchFolder folder;
  CreatedVideo video;
  {
    Child child({"--data", folder.path()});
    video = CreateVideo(child.port());
    ASSERT_EQ(Upload(child.port(), video, std::string(3'000'000, 'k')), 201);
    child.process().Signal(SIGKILL);
    EXPECT_EQ(child.process().Wait(), -SIGKILL);
  }

  Child again({"--data", folder.path()});

  EXPECT_EQ(BodyOf(Call(again.port(), "GET", video.upload_target)), std::string(3'000'000, 'k'));
}

// Creates, marks and deletes videos until the emulator is gone.
void KeepBusy(int port) {
  try {
    for (;;) {
      const auto kept = CreateVideo(port, ",\"ContentProtectionMode\":\"AES128\"");
      MarkComplete(port, kept);
      const auto gone = CreateVideo(port);
      Call(port, "DELETE", "/api/Videos/" + gone.id);
    }
  } catch (const std::exception&) {
  }
}

TEST(Records, AgreeAfterAKillAtAnyInstant) {
  const ScratchFolder folder;
  for (int round = 0; round < 8; ++round) {
    Child child({"--data", folder.path(), "--log-level", "error"});
    std::thread busy(KeepBusy, child.port());
    for (int polls = 0; polls < 5 * round; ++polls) Call(child.port(), "GET", "/__admin/ready");
    child.process().Signal(SIGKILL);
    child.process().Wait();
    busy.join();
  }

  Child last({"--data", folder.path()});
  last.process().Signal(SIGTERM);
  last.process().Wait();
  const auto count = [&](const std::string& file, const std::string& table) {
    sqlite3* database = nullptr;
    sqlite3_open((folder.path() + '/' + file).c_str(), &database);
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, ("SELECT count(*) FROM " + table).c_str(), -1, &statement,
                       nullptr);
    sqlite3_step(statement);
    const int rows = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return rows;
  };
  EXPECT_GT(count("videos.db", "video"), 0);
  EXPECT_EQ(count("storage.db", "container"), count("videos.db", "video"));
  EXPECT_EQ(count("storage.db", "policy"), count("videos.db", "video WHERE completes_ms IS NULL"));
  EXPECT_EQ(count("keys.db", "content_key"), count("videos.db", "video WHERE key_id IS NOT NULL"));
}

TEST(Records, StayWhenTheDiskIsFull) {
  const ScratchFolder folder;
  ChildProcess process({"sh", "-c", "ulimit -f 8192; exec \"$0\" --port 0 --data \"$1\"", kProgram,
                        folder.path()});  // 8192 blocks of 512 bytes: 4 MiB a file.
  const auto ready = process.ReadLine();
  const int port = std::stoi(ready.substr(ready.find("\"port\":") + 7));
  const auto small = CreateVideo(port);
  const auto large = CreateVideo(port);
  ASSERT_EQ(Upload(port, small, "small"), 201);

  EXPECT_EQ(Upload(port, large, std::string(6'000'000, 'x')), 500);

  EXPECT_EQ(BodyOf(Call(port, "GET", small.upload_target)), "small");
  EXPECT_EQ(StatusOf(Call(port, "GET", large.upload_target)), 404);
  EXPECT_EQ(Upload(port, large, "fits"), 201);
}

class BadFolders : public ::testing::TestWithParam<std::string> {
 protected:
  // Starts on a copy of good records of which `file` has been replaced by `contents`.
  Ended StartWith(const std::string& contents) {
    {
      Child child({"--data", folder_.path()});
      CreateVideo(child.port());
      child.process().Signal(SIGTERM);
      child.process().Wait();
    }
    file_ = folder_.path() + '/' + GetParam();
    EXPECT_TRUE(std::filesystem::exists(file_));
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << contents;
    return RunToEnd({"--port", "0", "--data", folder_.path()});
  }

  const ScratchFolder folder_;
  std::string file_;
};

TEST_P(BadFolders, AreRefusedAndLeftAlone) {
  const std::string garbage(10'000, 'g');

  const auto ended = StartWith(garbage);

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr(file_));
  EXPECT_EQ(Contents(file_), garbage);
}

TEST_P(BadFolders, AreRefusedWhenAFileIsEmpty) {
  const auto bytes = folder_.path() + "/blobs.bytes";

  const auto ended = StartWith("");

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr(GetParam()));
  EXPECT_TRUE(std::filesystem::exists(bytes));
}

INSTANTIATE_TEST_SUITE_P(Databases, BadFolders,
                         ::testing::Values("videos.db", "storage.db", "keys.db"));

TEST(Records, NeedAFolderThatCanBeWritten) {
  const auto ended = RunToEnd({"--port", "0", "--data", "/proc/no-such-folder"});

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("/proc/no-such-folder"));
}

}  // namespace
}  // namespace msc
