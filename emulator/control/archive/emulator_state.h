#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/random.h"
#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/blob_service.h"

namespace msc::control {

// The parts of an emulator's state. REQUIRES: all references outlive the holder; all subjects keep
// their tables in `database`.
struct StateParts {
  sqlite::Database& database;
  storage::BlobService& blobs;
  Clock& clock;
  Random& random;
  Log log;

  // Called under the lock of the database each time that all records were replaced: copies of the
  // old records in memory must not be used any more. Must not throw, nor call back.
  std::function<void()> on_records_replaced;
};

// The whole state at one moment.
struct StateSnapshot {
  std::shared_ptr<const storage::BlobSnapshot> records;  // Those of all subjects, and the bytes.
  Clock::State clock;
  std::uint64_t random_position = 0;

  std::uint64_t RecordsSize() const;  // Bytes.
};

// All records, the bytes of blobs, the clock and the randomness as one. Records and bytes are
// replaced in one transaction: however the process ends, the next one finds all of the old state or
// all of the new one. Thread-safe.
class EmulatorState {
 public:
  explicit EmulatorState(StateParts parts) : parts_(std::move(parts)) {}

  StateSnapshot Take() const;

  // Puts the snapshot in the place of everything. kInternalError, with the reason, if it cannot be
  // written; then nothing has changed.
  Status Restore(const StateSnapshot& snapshot) const;

  // Deletes all records and bytes; the clock goes on. Tokens go on being signed with the same key.
  // `random_position`: where randomness goes on. The same error.
  Status Clear(std::uint64_t random_position);

  // Runs a step of a change of state, such as reading what is to be restored, and makes the
  // exception that ends it an error that says why.
  Status Try(const std::function<Status()>& step) const;

  const StateParts& parts() const { return parts_; }

 private:
  void Replace(sqlite::Transaction& transaction, const storage::BlobSnapshot& records,
               std::uint64_t random_position) const;

  const StateParts parts_;
  std::unique_ptr<sqlite::Database> empty_;  // Made at the first Clear, under the database's lock.
};

}  // namespace msc::control
