#include <atomic>
#include <thread>
#include <vector>

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;

TEST_F(ServiceTest, ManyWritersAndReadersSeeWholeBlobsOnly) {
  constexpr int kRounds = 12;
  constexpr std::size_t kSize = 1'500'000;
  const std::string target = Target();
  ASSERT_EQ(Put(target, std::string(kSize, 'a')).status, 201);
  std::atomic<int> torn = 0, failed = 0;
  std::vector<std::thread> threads;
  for (const char letter : {'b', 'c'}) {
    threads.emplace_back([&, letter] {
      for (int i = 0; i < kRounds; ++i) {
        if (Put(target, std::string(kSize, letter)).status != 201) ++failed;
      }
    });
    threads.emplace_back([&] {
      for (int i = 0; i < kRounds; ++i) {
        const std::string content = Content(Send(Method::kGet, target));
        if (content != std::string(kSize, content.front())) ++torn;
      }
    });
  }

  for (auto& thread : threads) thread.join();

  EXPECT_EQ(failed, 0);
  EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace msc::storage
