#include "emulator/sqlite/commit_group.h"

#include <iterator>
#include <stdexcept>
#include <utility>

namespace msc::sqlite {
namespace {

thread_local CommitGroup* group_of_thread = nullptr;

void MoveTo(std::vector<std::function<void()>>& target,
            std::vector<std::function<void()>>& actions) {
  target.insert(target.end(), std::make_move_iterator(actions.begin()),
                std::make_move_iterator(actions.end()));
  actions.clear();
}

}  // namespace

CommitGroup::CommitGroup(Database& database) : database_(database) { group_of_thread = this; }

CommitGroup::~CommitGroup() {
  try {
    Commit();
  } catch (const std::exception&) {  // Whoever wants to know it has called Commit.
  }
  group_of_thread = nullptr;
}

CommitGroup* CommitGroup::Of(const Database& database) {
  const bool is_its = group_of_thread != nullptr && &group_of_thread->database_ == &database;
  return is_its ? group_of_thread : nullptr;
}

void CommitGroup::Commit() {
  Actions actions;
  std::exception_ptr error;
  {
    const MutexLock lock(database_.mutex_);
    if (database_.open_group_ == this) CommitOpen();
    actions.swap(ready_);
    error = std::exchange(error_, nullptr);
  }
  for (const auto& action : actions) action();
  reserve_use_.reset();
  if (error) std::rethrow_exception(error);
}

void CommitGroup::Take(Actions on_commit, Actions after_unlock) {
  MoveTo(on_commit_, on_commit);
  MoveTo(after_unlock_, after_unlock);
}

void CommitGroup::CommitOpen() noexcept {
  database_.mutex_.AssertHeld();
  try {
    database_.CommitOpen();
    database_.Acknowledge();
    ++database_.generation_;
    for (const auto& action : on_commit_) action();
    on_commit_.clear();
    MoveTo(ready_, after_unlock_);
    database_.open_group_ = nullptr;
  } catch (...) {
    Lose(std::current_exception());
  }
}

// The other one may wait until nobody uses the reserve.
void CommitGroup::CommitForOther() noexcept {
  CommitOpen();
  reserve_use_.reset();
}

void CommitGroup::Lose(std::exception_ptr error) noexcept {
  database_.mutex_.AssertHeld();
  error_ = std::move(error);
  on_commit_.clear();
  after_unlock_.clear();
  database_.open_group_ = nullptr;
}

}  // namespace msc::sqlite
