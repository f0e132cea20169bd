#include "emulator/processing/media/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>
#include <thread>

#include "emulator/base/nameless_file.h"

namespace msc::processing {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class MediaChildTest : public ::testing::Test {
 protected:
  // Runs a script of sh. Its lines are in lines_.
  ChildResult Run(const std::string& script, std::vector<int> descriptors = {},
                  std::uint64_t file_limit = UINT64_MAX) {
    return RunChild({.arguments = {"/bin/sh", "-c", script},
                     .descriptors = std::move(descriptors),
                     .file_limit = file_limit,
                     .deadline = deadline_,
                     .cancellation = cancellation_,
                     .on_line = [this](std::string_view line) { return OnLine(line); },
                     .may_go_on = may_go_on_});
  }

  bool OnLine(std::string_view line) {
    lines_.emplace_back(line);
    return !on_line_ || on_line_(std::string(line));
  }

  // Whether the process whose id is `text` is gone.
  static bool IsGone(const std::string& text) {
    pid_t process = 0;
    std::from_chars(text.data(), text.data() + text.size(), process);
    return process > 0 && ::kill(process, 0) != 0;
  }

  Cancellation cancellation_;
  steady_clock::time_point deadline_ = steady_clock::time_point::max();
  std::function<bool(const std::string&)> on_line_;
  std::function<bool()> may_go_on_;
  std::vector<std::string> lines_;
};

TEST_F(MediaChildTest, GivesLinesErrorsAndExitCode) {
  const auto result = Run("echo one; printf two; echo three >&2; exit 7");

  EXPECT_THAT(lines_, ElementsAre("one", "two"));
  EXPECT_EQ(result.errors, "three\n");
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_EQ(result.end, ChildEnd::kExited);
}

TEST_F(MediaChildTest, KeepsTheEndOfLongErrors) {
  const auto result = Run("yes error | head -c 100000 >&2; echo last >&2");

  EXPECT_THAT(result.errors, SizeIs(4096));
  EXPECT_TRUE(result.errors.ends_with("last\n"));
}

TEST_F(MediaChildTest, CutsEndlessLines) {
  Run("head -c 200000 /dev/zero | tr '\\0' a");

  ASSERT_FALSE(lines_.empty());
  for (const auto& line : lines_) EXPECT_LE(line.size(), 100'000U);
}

TEST_F(MediaChildTest, HasItsFilesAndNoOtherDescriptors) {
  NamelessFile first;
  NamelessFile second;
  first.Write(0, std::string("first\n"));
  const int open_here = ::dup(1);

  Run("cat /proc/self/fd/3; echo second > /proc/self/fd/4; "
      "for i in $(seq 0 99); do test ! -e /proc/$$/fd/$i || echo $i; done",
      {first.descriptor(), second.descriptor()});

  ::close(open_here);
  EXPECT_THAT(lines_, ElementsAre("first", "0", "1", "2", "3", "4"));
  EXPECT_EQ(second.Size(), 7U);
}

TEST_F(MediaChildTest, GetsDescriptorsWhoseNumbersOverlap) {
  NamelessFile first;
  NamelessFile second;
  first.Write(0, std::string("first\n"));
  second.Write(0, std::string("second\n"));

  Run("cat /proc/self/fd/3 /proc/self/fd/4 /proc/self/fd/5",
      {second.descriptor(), first.descriptor(), second.descriptor()});

  EXPECT_THAT(lines_, ElementsAre("second", "first", "second"));
}

TEST_F(MediaChildTest, DoesNotInheritOurEnvironment) {
  ::setenv("MSC_SECRET", "secret", 1);

  Run("/usr/bin/env");

  ::unsetenv("MSC_SECRET");
  for (const auto& line : lines_) EXPECT_THAT(line, Not(HasSubstr("MSC_SECRET")));
}

TEST_F(MediaChildTest, RunsWithALowPriorityAndNoSignalBlocked) {
  Run("nice; grep -E '^Sig(Blk|Ign)' /proc/self/status; ulimit -c");

  EXPECT_THAT(lines_,
              ElementsAre("10", HasSubstr("0000000000000000"), HasSubstr("0000000000000000"), "0"));
}

TEST_F(MediaChildTest, MayNotWriteLargerFiles) {
  NamelessFile file;

  const auto result =
      Run("exec head -c 2000000 /dev/zero > /proc/self/fd/3", {file.descriptor()}, 1'000'000);

  EXPECT_EQ(result.exit_code, 128 + SIGXFSZ);
  EXPECT_LE(file.Size(), 1'000'000U);
}

TEST_F(MediaChildTest, IsKilledAtItsDeadlineWithAllThatItStarted) {
  deadline_ = steady_clock::now() + std::chrono::milliseconds(50);

  const auto result = Run("sleep 600 & echo $!; echo $$; wait");

  EXPECT_EQ(result.end, ChildEnd::kTimedOut);
  ASSERT_THAT(lines_, SizeIs(2));
  EXPECT_TRUE(IsGone(lines_[1]));
}

TEST_F(MediaChildTest, IsKilledByACancellation) {
  std::thread canceller;
  on_line_ = [&](const std::string&) {
    canceller = std::thread([this] { cancellation_.Cancel(); });
    return true;
  };

  const auto result = Run("echo $$; exec sleep 600");

  canceller.join();
  EXPECT_EQ(result.end, ChildEnd::kCancelled);
  EXPECT_TRUE(IsGone(lines_.at(0)));
}

TEST_F(MediaChildTest, IsKilledIfALineIsNotWanted) {
  on_line_ = [](const std::string&) { return false; };

  EXPECT_EQ(Run("echo $$; exec sleep 600").end, ChildEnd::kStopped);
  EXPECT_TRUE(IsGone(lines_.at(0)));
}

TEST_F(MediaChildTest, IsKilledIfItMayNotGoOn) {
  may_go_on_ = [] { return false; };

  EXPECT_EQ(Run("exec sleep 600").end, ChildEnd::kStopped);
}

TEST_F(MediaChildTest, IsKilledIfAFunctionThrows) {
  on_line_ = [](const std::string&) -> bool { throw std::runtime_error("no"); };

  EXPECT_THROW(Run("echo $$; exec sleep 600"), std::runtime_error);
  EXPECT_TRUE(IsGone(lines_.at(0)));
}

TEST_F(MediaChildTest, IsAwaitedAfterItHasClosedItsOutput) {
  EXPECT_EQ(Run("exec >&- 2>&-; exit 3").exit_code, 3);
}

TEST_F(MediaChildTest, CannotBeStartedIfThereIsNoSuchProgram) {
  EXPECT_THROW(RunChild({.arguments = {"/nowhere"}, .cancellation = cancellation_}),
               std::runtime_error);
}

// A program may ignore SIGCHLD: then the system reaps its children.
TEST_F(MediaChildTest, MayBeReapedByTheSystem) {
  const auto before = ::signal(SIGCHLD, SIG_IGN);

  const auto result = Run("echo line; exit 3");

  ::signal(SIGCHLD, before);
  EXPECT_EQ(result.end, ChildEnd::kExited);
  EXPECT_EQ(result.exit_code, std::nullopt);
  EXPECT_THAT(lines_, ElementsAre("line"));
}

// Forks a process that runs a child, and kills it. Both have the pipe.
TEST_F(MediaChildTest, DiesWithOurProcess) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t process = ::fork();
  if (process == 0) {
    Run("echo started >&3; exec sleep 600", {ends[1]});
    ::_exit(0);
  }
  ::close(ends[1]);
  std::array<char, 32> text{};
  ASSERT_GT(::read(ends[0], text.data(), text.size()), 0);

  ::kill(process, SIGKILL);

  EXPECT_EQ(::read(ends[0], text.data(), text.size()), 0);
  ::waitpid(process, nullptr, 0);
  ::close(ends[0]);
}

}  // namespace
}  // namespace msc::processing
