// What a test in any language needs of an emulator that it starts as a child.
#include "tests/support/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kJson = "Content-Type: application/json\r\n";

class ReadyFile : public ::testing::Test {
 protected:
  std::vector<std::string> Command() const { return EmulatorCommand({"--ready-file", path_}); }

  static std::string Text(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  const ScratchFolder folder_;
  const std::string path_ = folder_.path() + "/ready.json";
};

TEST_F(ReadyFile, HoldsTheReadyLine) {
  const EmulatorProcess child(Command());

  EXPECT_EQ(Text(path_), child.ready() + '\n');
}

TEST_F(ReadyFile, IsANewFileThatCameWhole) {
  const std::string old = folder_.path() + "/old.json";
  std::ofstream(old) << "old";
  std::filesystem::create_hard_link(old, path_);

  const EmulatorProcess child(Command());

  EXPECT_EQ(Text(path_), child.ready() + '\n');
  EXPECT_EQ(Text(old), "old");
}

TEST_F(ReadyFile, IsAllThatIsLeftInItsFolder) {
  const EmulatorProcess child(Command());

  const std::filesystem::directory_iterator files(folder_.path());
  EXPECT_EQ(std::distance(files, {}), 1);
}

TEST_F(ReadyFile, IsRemovedAtACleanStop) {
  EmulatorProcess child(Command());

  child.StopAndReadLog();

  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(ReadyFile, OfAnEarlierRunIsRemovedBeforeTheStart) {
  std::ofstream(path_) << "old";
  const EmulatorProcess owner(EmulatorCommand({}));
  auto command = Command();
  command.insert(command.end(), {"--port", std::to_string(owner.port())});

  const auto ended = RunToEnd(command);

  EXPECT_EQ(ended.code, 3);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(ReadyFile, IsRefusedWhereNoneCanBe) {
  for (const auto& path : {folder_.path() + "/missing/ready.json", folder_.path()}) {
    const auto ended = RunToEnd(EmulatorCommand({"--ready-file", path}));

    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("--ready-file"), HasSubstr(path)));
  }
}

TEST(Shutdown, EndsTheProgramCleanly) {
  EmulatorProcess child(EmulatorCommand({}));

  const auto answer = Call(child.port(), "POST", "/__admin/shutdown", "{}", kJson);

  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_EQ(child.process().Wait(), 0);
  EXPECT_THAT(child.process().Errors(), HasSubstr("POST /__admin/shutdown"));
}

TEST(ExitWithParent, StopsCleanlyWhenStdinEnds) {
  EmulatorProcess child(EmulatorCommand({"--exit-with-parent"}));

  child.process().EndInput();

  EXPECT_EQ(child.process().Wait(), 0);
  EXPECT_THAT(child.process().Errors(), HasSubstr("stdin has ended"));
}

TEST(ExitWithParent, DropsWhatComesBefore) {
  EmulatorProcess child(EmulatorCommand({"--exit-with-parent"}));

  child.process().WriteInput("what is this?\n");
  EXPECT_EQ(StatusOf(Call(child.port(), "GET", "/__admin/health")), 200);
  child.process().EndInput();

  EXPECT_EQ(child.process().Wait(), 0);
}

TEST(ExitWithParent, StopsAtOnceIfStdinIsClosed) {
  auto ended =
      RunToEnd({"sh", "-c", "exec \"$0\" --port 0 --exit-with-parent <&-", EmulatorProgram()});

  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.errors, HasSubstr("stdin has ended"));
}

TEST(ExitWithParent, IsOffByDefault) {
  EmulatorProcess child(EmulatorCommand({}));

  child.process().EndInput();

  EXPECT_EQ(StatusOf(Call(child.port(), "GET", "/__admin/health")), 200);
  EXPECT_THAT(child.StopAndReadLog(), HasSubstr("SIGTERM"));
}

// The parent, a shell, holds the other end of the emulator's stdin; when it ends, no process does.
TEST(ExitWithParent, LeavesNoOrphanWhenTheParentIsKilled) {
  EmulatorProcess parent({"bash", "-c",
                          "coproc \"$0\" --port 0 --exit-with-parent;"
                          "head -n 1 <&\"${COPROC[0]}\"; wait",
                          EmulatorProgram()});
  RawClient idle(parent.port());
  ASSERT_EQ(StatusOf(Call(parent.port(), "GET", "/__admin/health")), 200);

  parent.process().Signal(SIGKILL);

  EXPECT_TRUE(idle.IsClosed());
}

}  // namespace
}  // namespace msc
