#include "emulator/processing/media/media_runner.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <condition_variable>
#include <mutex>

#include "tests/e2e/media/media_fixture.h"

namespace msc::testing {
namespace {

using namespace processing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Tools that say when they run, and run until they are killed.
class EndlessTools {
 public:
  explicit EndlessTools(const std::string& folder) : pipe_path_(folder + "/started") {
    if (::mkfifo(pipe_path_.c_str(), 0600) != 0) throw std::runtime_error("no pipe");
    pipe_ = ::open(pipe_path_.c_str(), O_RDWR | O_CLOEXEC);
    const std::string path = folder + "/endless";
    WriteWholeFile(path, "#!/bin/sh\necho $$ > " + pipe_path_ + "\nexec sleep 600\n", 0755);
    tools = {.ffmpeg = path, .ffprobe = path};
  }
  ~EndlessTools() { ::close(pipe_); }
  EndlessTools(const EndlessTools&) = delete;
  EndlessTools& operator=(const EndlessTools&) = delete;

  // Waits for the next one to start; its process id.
  pid_t NextProcess() const {
    std::string line;
    char c = 0;
    while (::read(pipe_, &c, 1) == 1 && c != '\n') line += c;
    pid_t process = 0;
    std::from_chars(line.data(), line.data() + line.size(), process);
    return process;
  }

  MediaTools tools;

 private:
  const std::string pipe_path_;
  int pipe_ = -1;
};

class MediaRunnerTest : public MediaFixture {
 protected:
  using Ended = std::pair<std::string, MediaOutcome>;

  std::unique_ptr<MediaRunner> MakeRunner(MediaTools tools, int jobs = 1) {
    return MakeRunner(std::move(tools), jobs, blobs_);
  }

  std::unique_ptr<MediaRunner> MakeRunner(MediaTools tools, int jobs, storage::BlobService& blobs) {
    MediaRunnerHooks hooks;
    hooks.find_input = [this](const std::string& video) -> std::optional<MediaInput> {
      if (video == "gone") return std::nullopt;
      return Input();
    };
    hooks.on_end = [this](const std::string& video, MediaOutcome outcome) {
      const std::lock_guard lock(mutex_);
      ended_.emplace_back(video, std::move(outcome));
      changed_.notify_all();
    };
    return std::make_unique<MediaRunner>(
        MediaRunnerOptions{.job = {.tools = std::move(tools), .timeout = timeout_}, .jobs = jobs},
        blobs, std::move(hooks), [](LogLevel, std::string_view) {});
  }

  // The jobs that have ended, when there are so many.
  std::vector<Ended> WaitForEnds(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_.size() >= count; });
    return ended_;
  }

  static bool IsRunning(pid_t process) { return process > 0 && ::kill(process, 0) == 0; }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Ended> ended_;
};

TEST_F(MediaRunnerTest, GivesTheDescriptionOfAnUpload) {
  Upload(Make("clip.mp4", Joined({Picture(1, "64x36", "10"), H264(10)})));
  const auto runner = MakeRunner(tools_);

  runner->Submit("v1");

  const auto ended = WaitForEnds(1);
  EXPECT_EQ(ended[0].first, "v1");
  ASSERT_TRUE(ended[0].second.description);
  EXPECT_EQ(ended[0].second.description->duration, std::chrono::seconds(1));
  EXPECT_FALSE(*ended[0].second.is_cancelled);
}

TEST_F(MediaRunnerTest, SaysWhyThereIsNone) {
  Upload("This is a text and no video.");
  const auto runner = MakeRunner(tools_);

  runner->Submit("v1");

  const auto outcome = WaitForEnds(1)[0].second;
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->code, 7);
  EXPECT_FALSE(outcome.description);
}

TEST_F(MediaRunnerTest, AToolThatCannotBeRunIsAnError) {
  Upload("bytes");
  const auto runner = MakeRunner({.ffmpeg = "/nowhere/ffmpeg", .ffprobe = "/nowhere/ffprobe"});

  runner->Submit("v1");

  const auto outcome = WaitForEnds(1)[0].second;
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->code, 4);
  EXPECT_THAT(outcome.failure->reason, HasSubstr("/nowhere/ffprobe"));
}

TEST_F(MediaRunnerTest, AVideoThatIsGoneEndsSilently) {
  const auto runner = MakeRunner(tools_);

  runner->Submit("gone");
  runner->Submit("v1");

  EXPECT_EQ(WaitForEnds(1)[0].first, "v1");
}

TEST_F(MediaRunnerTest, CancelKillsTheTool) {
  Upload("bytes");
  const EndlessTools endless(folder_.path());
  auto runner = MakeRunner(endless.tools);
  runner->Submit("v1");
  const auto process = endless.NextProcess();
  EXPECT_TRUE(IsRunning(process));

  runner->Cancel("v1");

  EXPECT_EQ(runner->ProgressOf("v1"), std::nullopt);
  runner.reset();
  EXPECT_FALSE(IsRunning(process));
  EXPECT_TRUE(ended_.empty());
}

TEST_F(MediaRunnerTest, AJobAfterACancelIsAnotherOne) {
  Upload("bytes");
  const EndlessTools endless(folder_.path());
  const auto runner = MakeRunner(endless.tools);
  runner->Submit("v1");
  const auto first = endless.NextProcess();

  runner->Cancel("v1");
  runner->Submit("v1");

  const auto second = endless.NextProcess();
  EXPECT_NE(second, first);
  EXPECT_FALSE(IsRunning(first));
  EXPECT_TRUE(IsRunning(second));
  EXPECT_TRUE(runner->ProgressOf("v1"));
}

TEST_F(MediaRunnerTest, AVideoHasOneJobAtATime) {
  Upload("bytes");
  const EndlessTools endless(folder_.path());
  const auto runner = MakeRunner(endless.tools, /*jobs=*/2);
  runner->Submit("v1");
  endless.NextProcess();

  runner->Submit("v1");
  runner->Submit("v2");
  endless.NextProcess();

  EXPECT_EQ(runner->ProgressOf("v2")->phase, "probing");
}

TEST_F(MediaRunnerTest, JobsBeyondTheLimitWait) {
  Upload("bytes");
  const EndlessTools endless(folder_.path());
  const auto runner = MakeRunner(endless.tools);
  runner->Submit("v1");
  endless.NextProcess();

  runner->Submit("v2");

  EXPECT_EQ(runner->ProgressOf("v1"), (MediaProgress{"probing", 0}));
  EXPECT_EQ(runner->ProgressOf("v2"), (MediaProgress{"waiting", 0}));
  runner->CancelAll();
  EXPECT_EQ(runner->ProgressOf("v2"), std::nullopt);
}

TEST_F(MediaRunnerTest, AToolIsKilledWhenItsTimeIsOver) {
  Upload("bytes");
  timeout_ = std::chrono::milliseconds(100);
  const EndlessTools endless(folder_.path());
  const auto runner = MakeRunner(endless.tools);

  runner->Submit("v1");

  const auto outcome = WaitForEnds(1)[0].second;
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->code, 4);
}

// A file descriptor that shows when a process, which need not be a child, has ended.
bool HasEnded(int process_descriptor) {
  pollfd wait{process_descriptor, POLLIN, 0};
  return ::poll(&wait, 1, 30'000) == 1;
}

TEST_F(MediaRunnerTest, AKilledProgramLeavesNoTool) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "ThreadSanitizer allows no threads in a child of a process with threads";
#endif
  const EndlessTools endless(folder_.path());
  const pid_t program = ::fork();
  if (program == 0) {
    BlobsInMemory storage;
    [[maybe_unused]] const auto created = storage.service.CreateContainer(kUploads);
    Upload(storage.service, "bytes");
    const auto runner = MakeRunner(endless.tools, 1, storage.service);
    runner->Submit("v1");
    for (;;) ::pause();
  }
  const auto tool = ::syscall(SYS_pidfd_open, endless.NextProcess(), 0);
  ASSERT_GE(tool, 0);

  ::kill(program, SIGKILL);

  EXPECT_TRUE(HasEnded(static_cast<int>(tool)));
  ::waitpid(program, nullptr, 0);
  ::close(static_cast<int>(tool));
}

}  // namespace
}  // namespace msc::testing
