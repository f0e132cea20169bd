#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "emulator/sqlite/database.h"

namespace msc::storage {

// Takes one line about one problem.
using ReportProblem = std::function<void(const std::string& line)>;

// What a blob service's records and file of bytes contain.
struct StoredAmounts {
  std::uint64_t containers = 0;
  std::uint64_t blobs = 0;
  std::uint64_t blocks = 0;  // Also those that wait for a block list, and the bytes of Put Blobs.
  std::uint64_t bytes = 0;   // Those that blocks share count once.
};

// Checks whether the records of a blob service are valid, and whether each block has the bytes in
// `folder` that were written; changes no file. Names the blob in each problem, as
// "account/container/blob". Throws std::runtime_error if the records cannot be read.
StoredAmounts Verify(sqlite::Database& records, const std::string& folder,
                     const ReportProblem& report);

}  // namespace msc::storage
