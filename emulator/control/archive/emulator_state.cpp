#include "emulator/control/archive/emulator_state.h"

#include <exception>
#include <string>

#include "emulator/http/http_error.h"
#include "emulator/keys/key_service.h"
#include "storage_stub/state/blob_snapshot.h"

namespace msc::control {

std::uint64_t StateSnapshot::RecordsSize() const { return records->records_size(); }

StateSnapshot EmulatorState::Take() const {
  auto transaction = parts_.database.Read();
  return {.records = parts_.blobs.TakeSnapshot(transaction),
          .clock = parts_.clock.Save(),
          .random_position = parts_.random.position()};
}

Status EmulatorState::Restore(const StateSnapshot& snapshot) const {
  return Try([&]() -> Status {
    auto transaction = parts_.database.Read();
    Replace(transaction, *snapshot.records, snapshot.random_position);
    // Set the clock before the records are read: at an earlier time, their transitions are in the
    // future.
    parts_.clock.Restore(snapshot.clock);
    return Done{};
  });
}

Status EmulatorState::Clear(std::uint64_t random_position) {
  return Try([&]() -> Status {
    if (!empty_) empty_ = parts_.database.NewInMemory();
    auto transaction = parts_.database.Read();
    transaction.UseReserve();
    keys::KeyService::CopySigningKey(transaction, *empty_);
    Replace(transaction, *parts_.blobs.TakeEmptySnapshot(empty_->Image()), random_position);
    return Done{};
  });
}

void EmulatorState::Replace(sqlite::Transaction& transaction, const storage::BlobSnapshot& records,
                            std::uint64_t random_position) const {
  parts_.blobs.Restore(transaction, records);
  parts_.random.Rewind(random_position);
  parts_.on_records_replaced();
}

Status EmulatorState::Try(const std::function<Status()>& step) const {
  try {
    return step();
  } catch (const std::exception& error) {
    const std::string why = std::string("the state stays as it is: ") + error.what();
    parts_.log(LogLevel::kError, why);
    return Error{http::HttpError::kInternalError, why};
  }
}

}  // namespace msc::control
