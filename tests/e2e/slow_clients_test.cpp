// Clients that are slow on purpose, in greater numbers than the emulator has threads or
// descriptors.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

constexpr int kMoreThanThreads = 2100;
constexpr int kMoreThanDescriptors = 100;
constexpr const char* kFewDescriptors = "-n 64";

class SlowClients : public ::testing::Test {
 protected:
  SlowClients() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }

  // `count` clients, each of which sends `bytes` and then nothing more.
  void Crowd(const EmulatorProcess& emulator, int count, const std::string& bytes) {
    for (int i = 0; i < count; ++i) {
      crowd_.push_back(std::make_unique<RawClient>(emulator.port()));
      crowd_.back()->Send(bytes);
    }
  }

  static std::string HalfAnUpload(const CreatedVideo& video) {
    return "PUT " + video.upload_target +
           " HTTP/1.1\r\nHost: localhost\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: "
           "2\r\n\r\nh";
  }

  static int AskHealth(const EmulatorProcess& emulator) {
    return StatusOf(Call(emulator.port(), "GET", "/__admin/health"));
  }

  std::vector<std::unique_ptr<RawClient>> crowd_;
};

constexpr const char* kHalfAReset =
    "POST /__admin/reset HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Content-Length: 2\r\n\r\n{";
constexpr const char* kLongWait =
    "POST /__admin/requests/wait HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Content-Length: 38\r\n\r\n"
    R"({"count":1000,"timeoutMillis":3600000})";

TEST_F(SlowClients, ThatHoldEveryThreadDoNotSilenceTheControlApi) {
  EmulatorProcess emulator(EmulatorCommand({}));
  Crowd(emulator, kMoreThanThreads, HalfAnUpload(CreateVideo(emulator.port())));
  Crowd(emulator, 50, kHalfAReset);

  EXPECT_EQ(AskHealth(emulator), 200);

  EXPECT_EQ(StatusOf(crowd_.back()->Ask("}")), 200);
}

TEST_F(SlowClients, ThatWaitOnEveryThreadDoNotSilenceTheControlApi) {
  EmulatorProcess emulator(EmulatorCommand({}));
  Crowd(emulator, kMoreThanThreads, kLongWait);

  EXPECT_EQ(AskHealth(emulator), 200);

  EXPECT_EQ(StatusOf(crowd_.back()->ReadAnswer()), 503);
}

// UBSan needs a descriptor to look at an object's type, and reports an error if there is none left.
#ifdef __SANITIZE_ADDRESS__
#define MSC_SKIP_UNDER_UBSAN GTEST_SKIP() << "the sanitizers need descriptors themselves"
#else
#define MSC_SKIP_UNDER_UBSAN
#endif

TEST_F(SlowClients, IdleConnectionsGiveTheirDescriptorsToNewOnes) {
  MSC_SKIP_UNDER_UBSAN;
  EmulatorProcess emulator(LimitedCommand(kFewDescriptors, {}));
  Crowd(emulator, kMoreThanDescriptors, "");

  EXPECT_EQ(AskHealth(emulator), 200);

  EXPECT_TRUE(crowd_.front()->IsClosed());
}

TEST_F(SlowClients, HalfSentRequestsGiveTheirDescriptorsToNewOnes) {
  MSC_SKIP_UNDER_UBSAN;
  EmulatorProcess emulator(LimitedCommand(kFewDescriptors, {}));
  const auto upload = HalfAnUpload(CreateVideo(emulator.port()));
  for (const auto& half : {std::string("GET / HT"), std::string(kHalfAReset), upload}) {
    Crowd(emulator, kMoreThanDescriptors, half);

    EXPECT_EQ(AskHealth(emulator), 200) << half;
  }
}

TEST_F(SlowClients, OfWhichThereAreManyAreAllServedInTheEnd) {
  EmulatorProcess emulator(EmulatorCommand({}));
  Crowd(emulator, kMoreThanThreads, HalfAnUpload(CreateVideo(emulator.port())));

  for (const auto& client : crowd_) client->Send("i");

  for (const auto& client : crowd_) ASSERT_EQ(StatusOf(client->ReadAnswer()), 201);
}

}  // namespace
}  // namespace msc
