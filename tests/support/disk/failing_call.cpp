#include "tests/support/disk/failing_call.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "tests/support/disk/real_calls.h"

namespace msc::disk {
namespace {

std::string Variable(const char* name, const char* otherwise = "") {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : otherwise;
}

int ErrorOf(const std::string& name) {
  if (name == "EIO") return EIO;
  if (name == "ENOSPC") return ENOSPC;
  return 0;
}

}  // namespace

FailingCall::FailingCall()
    : call_(Variable("MSC_FAIL_CALL")),
      armed_(Variable("MSC_FAIL_ARMED")),
      failure_{ErrorOf(Variable("MSC_FAIL_WITH"))},
      at_(std::stol(Variable("MSC_FAIL_AT", "0"))),
      times_(std::stol(Variable("MSC_FAIL_TIMES", "1"))) {}

bool FailingCall::IsArmed() { return ::access(armed_.c_str(), F_OK) == 0; }

std::optional<FailingCall::Failure> FailingCall::Next(std::string_view call) {
  if (call != call_ || !IsArmed()) return std::nullopt;
  const long number = ++count_;
  if (number < at_ || number >= at_ + times_) return std::nullopt;
  const int fired = Real().open((armed_ + ".fired").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fired >= 0) ::close(fired);
  return failure_;
}

}  // namespace msc::disk
