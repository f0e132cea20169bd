// Children of a program in which an emulator lives.
#include <gtest/gtest.h>
#include <msc/emulator.h>
#include <msc/storage_stub.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <optional>

#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

// Runs `work` in a forked child, up to its end, and returns the exit code: 0 if it did not throw.
int RunInChild(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// A forked child that lives as long as this object and does nothing.
class IdleChild {
 public:
  IdleChild() : child_(::fork()) {
    if (child_ != 0) return;
    for (;;) ::pause();
  }
  ~IdleChild() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  IdleChild(const IdleChild&) = delete;
  IdleChild& operator=(const IdleChild&) = delete;

 private:
  const pid_t child_;
};

TEST(ForkedChild, HoldsNeitherTheFolderNorThePort) {
  const ScratchFolder folder;
  auto emulator = std::make_unique<Emulator>(EmulatorOptions{.data_directory = folder.path()});
  const int port = emulator->Port();
  const IdleChild child;

  emulator.reset();
  emulator =
      std::make_unique<Emulator>(EmulatorOptions{.port = port, .data_directory = folder.path()});

  EXPECT_EQ(StatusOf(Call(port, "GET", "/__admin/health")), 200);
}

TEST(ForkedChild, HoldsNoConnection) {
  auto emulator = std::make_unique<Emulator>();
  RawClient client(emulator->Port());
  ASSERT_EQ(StatusOf(client.Ask("GET /api/Formats HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
  const IdleChild child;

  emulator.reset();

  EXPECT_TRUE(client.IsClosed());
}

TEST(ForkedChild, DestroysItsEmulatorWithoutHarm) {
  const ScratchFolder folder;
  const EmulatorOptions options{.data_directory = folder.path()};
  auto emulator = std::make_unique<Emulator>(options);
  const auto video = CreateVideo(emulator->Port());
  std::optional<ScopedFault> fault =
      emulator->Inject({.operation = Operation::kGetKey, .action = EmptyResponse{}});

  EXPECT_EQ(RunInChild([&] {
              fault.reset();
              emulator.reset();
            }),
            0);

  EXPECT_EQ(emulator->Faults().size(), 1u);
  EXPECT_EQ(Upload(emulator->Port(), video, "the bytes"), 201);
  fault.reset();
  emulator.reset();
  const Emulator next(options);
  EXPECT_EQ(BodyOf(Call(next.Port(), "GET", video.upload_target)), "the bytes");
}

TEST(ForkedChild, DestroysItsStorageStubWithoutHarm) {
  auto stub = std::make_unique<StorageStub>();

  EXPECT_EQ(RunInChild([&] { stub.reset(); }), 0);

  stub->CreateContainer("videos");
}

TEST(ForkedChild, MayHaveAnEmulatorOfItsOwn) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "a thread of the parent may hold a lock of the sanitizer, for ever in the child";
#endif
  const Emulator emulator;

  EXPECT_EQ(RunInChild([] {
              const Emulator own;
              if (StatusOf(Call(own.Port(), "GET", "/__admin/health")) != 200) ::_exit(2);
            }),
            0);
}

std::string DescriptorsOfAChild() {
  ChildProcess child({"sh", "-c", "echo /proc/self/fd/*"});
  return child.ReadLine();
}

TEST(ExecutedChild, InheritsNoDescriptor) {
  const auto before = DescriptorsOfAChild();
  const ScratchFolder folder;
  Emulator emulator({.blob_port = 0, .data_directory = folder.path()});
  const auto video = emulator.CreateVideo({.content = "the bytes"});
  RawClient client(emulator.Port());
  ASSERT_EQ(StatusOf(client.Ask("GET /api/Formats HTTP/1.1\r\nHost: a\r\n\r\n")), 200);

  EXPECT_EQ(DescriptorsOfAChild(), before);
}

}  // namespace
}  // namespace msc
