#pragma once

#include <atomic>

#include "emulator/base/descriptor.h"

namespace msc::processing {

// Tells a job that it is to end. Thread-safe.
class Cancellation {
 public:
  // Throws std::runtime_error if the process has no descriptor left.
  Cancellation();

  // Returns at once.
  void Cancel() noexcept;

  bool IsCancelled() const noexcept { return is_cancelled_; }

  // Readable from Cancel on.
  int descriptor() const noexcept { return event_.get(); }

 private:
  std::atomic<bool> is_cancelled_ = false;
  Descriptor event_;
};

}  // namespace msc::processing
