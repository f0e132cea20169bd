#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "emulator/control/journal/request_record.h"

namespace msc::control {

// Counts requests since the start, by operation and class of status. Thread-safe.
class Counters {
 public:
  static constexpr std::size_t kOperations = kOperationCount + 1;  // The last one: no operation.
  static constexpr std::size_t kStatuses = 6;                      // 0 (no response), 1xx … 5xx.

  void Note(const RequestRecord& record) {
    const auto operation =
        record.operation ? static_cast<std::size_t>(*record.operation) : kOperations - 1;
    const auto status = static_cast<std::size_t>(record.status / 100) % kStatuses;
    counts_[operation][status].fetch_add(1, std::memory_order_relaxed);
  }

  std::uint64_t Of(std::size_t operation, std::size_t status) const {
    return counts_[operation][status].load(std::memory_order_relaxed);
  }

 private:
  std::array<std::array<std::atomic<std::uint64_t>, kStatuses>, kOperations> counts_{};
};

}  // namespace msc::control
