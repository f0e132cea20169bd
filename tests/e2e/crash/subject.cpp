#include "tests/e2e/crash/subject.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc::testing {
namespace {

// Of a text that may be long.
std::string Shown(const std::string& text) {
  constexpr std::size_t kMost = 200;
  if (text.size() <= kMost) return '"' + text + '"';
  return '"' + text.substr(0, kMost) + "…\", " + std::to_string(text.size()) + " bytes";
}

}  // namespace

Subject::Subject(const std::string& target, std::string blob, std::uint64_t seed)
    : blob_(std::move(blob)), random_(seed) {
  const auto query = target.find('?');
  container_ = target.substr(0, target.rfind('/', query) + 1);
  signature_ = target.substr(query);
}

void Subject::WriteUntilTheEnd(int port, const std::function<void()>& acknowledged) {
  try {
    for (;;) {
      const Write write = Next(acknowledged_);
      in_flight_ = write.after;
      const auto answer = Ask(port, write.method, write.query, write.headers, write.body);
      if (answer.empty()) return;
      EXPECT_EQ(StatusOf(answer), write.expected_status) << blob_ << write.query << '\n' << answer;
      if (StatusOf(answer) != write.expected_status) return;
      acknowledged_ = *std::exchange(in_flight_, std::nullopt);
      acknowledged();
    }
  } catch (const std::runtime_error&) {  // Killed before the connection.
  }
}

void Subject::Compare(int port) {
  const auto in_flight = std::exchange(in_flight_, std::nullopt);
  const std::string seen = See(port);
  EXPECT_TRUE(seen == acknowledged_ || seen == in_flight)
      << blob_ << "\n  acknowledged: " << Shown(acknowledged_)
      << "\n  in flight: " << (in_flight ? Shown(*in_flight) : "nothing")
      << "\n  seen: " << Shown(seen);
  acknowledged_ = seen;
}

std::string Subject::Ask(int port, const std::string& method, const std::string& query,
                         const std::string& headers, const std::string& body) const {
  return Call(port, method, container_ + blob_ + signature_ + query, body, headers);
}

std::string Subject::List(int port) const {
  const std::string container = container_.substr(0, container_.size() - 1);
  return Call(
      port, "GET",
      container + signature_ + "&restype=container&comp=list&include=snapshots&prefix=" + blob_);
}

}  // namespace msc::testing
