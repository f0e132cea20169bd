#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

namespace msc::disk {

// Lets one system call fail, as the environment says:
//
//   MSC_FAIL_CALL    its name, such as "pwrite"
//   MSC_FAIL_WITH    the error: EIO, ENOSPC, or "short" for a write of half the bytes
//   MSC_FAIL_AT      which of the calls fails, counted from 1
//   MSC_FAIL_TIMES   how many fail from then on (default 1)
//   MSC_FAIL_ARMED   a file: calls count while it exists. When one fails, "<file>.fired" is made.
//
// Thread-safe.
class FailingCall {
 public:
  FailingCall();

  // How the call fails, which is being made now; nullopt: it does not.
  struct Failure {
    int error;  // 0: it writes less.
  };
  std::optional<Failure> Next(std::string_view call);

 private:
  bool IsArmed();

  const std::string call_;
  const std::string armed_;
  const Failure failure_;
  const long at_;
  const long times_;
  std::atomic<long> count_ = 0;
};

}  // namespace msc::disk
