#pragma once

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <msc/fault_sweep.h>

#include <functional>
#include <string>
#include <type_traits>

namespace msc::testing {
namespace internal {

// Why it failed; empty if it did not.
template <typename Client, typename Argument>
std::string CallClient(Client& client, Argument& argument) {
  using Returned = std::invoke_result_t<Client&, Argument&>;
  if constexpr (std::is_void_v<Returned>) {
    std::invoke(client, argument);
    return "";
  } else if constexpr (std::is_same_v<std::decay_t<Returned>, bool>) {
    return std::invoke(client, argument) ? "" : "it returned false";
  } else {
    static_assert(
        std::is_convertible_v<Returned, std::string>,
        "the client returns void, bool (false: it failed) or std::string (why it failed)");
    return std::invoke(client, argument);
  }
}

template <typename Client>
std::string CallClientOf(Client& client, Emulator& emulator) {
  if constexpr (std::is_invocable_v<Client&, Emulator&>) {
    return CallClient(client, emulator);
  } else {
    static_assert(std::is_invocable_v<Client&, const std::string&>,
                  "the client takes msc::Emulator& or const std::string& url");
    const std::string url = emulator.Url();
    return CallClient(client, url);
  }
}

// The first failed assertion, in one line; empty if there is none.
inline std::string FirstFailure(const ::testing::TestPartResultArray& results) {
  for (int i = 0; i < results.size(); ++i) {
    const auto& result = results.GetTestPartResult(i);
    if (!result.failed()) continue;
    std::string text;
    for (const char c : std::string(result.message())) text += c == '\n' ? ' ' : c;
    const std::string file = result.file_name() == nullptr ? "" : result.file_name();
    return file.empty() ? text : file + ':' + std::to_string(result.line_number()) + ": " + text;
  }
  return "";
}

}  // namespace internal

// SweepFaults for tests. `client` takes `msc::Emulator&` or `const std::string& url`, and returns
// nothing, a bool (false: it failed) or a std::string (why it failed; empty: it did not). If it
// throws, or if an assertion of GoogleTest fails in it in any thread, that fault point has failed,
// but not the test that calls this.
//
//   const auto report = msc::testing::ForEachFaultPoint(msc::testing::TestOptions(), client);
//   EXPECT_TRUE(report.Passed()) << report;
//
// Throws as SweepFaults does.
template <typename Client>
SweepReport ForEachFaultPoint(const EmulatorOptions& options, Client&& client) {
  return SweepFaults(options, [&client](Emulator& emulator) {
    ::testing::TestPartResultArray results;
    const ::testing::ScopedFakeTestPartResultReporter reporter(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ALL_THREADS, &results);
    const std::string failure = internal::CallClientOf(client, emulator);
    return failure.empty() ? internal::FirstFailure(results) : failure;
  });
}

}  // namespace msc::testing
