#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <vector>

#include "emulator/sqlite/database.h"

namespace msc::sqlite {

// Makes the transactions of one thread cheaper that are answered together: while it lives, what
// they commit is written to the log only when the group is committed, or another thread begins a
// transaction. To each transaction, and to all threads, it looks as if it had been committed at
// once. What must not happen before is given to Transaction::AfterUnlock, which runs it in
// CommitGroup::Commit. A transaction that ends without a commit must not have changed anything:
// else it takes back what the group has not committed yet, as an error does. REQUIRES: no other
// group of this thread; its transactions do not Load.
class CommitGroup {
 public:
  // REQUIRES: `database` outlives it.
  explicit CommitGroup(Database& database);
  ~CommitGroup();  // Commits what was not committed yet; errors are lost.
  CommitGroup(const CommitGroup&) = delete;
  CommitGroup& operator=(const CommitGroup&) = delete;

  // Throws what went wrong with any of the commits: the changes since the one before are lost then.
  void Commit();

 private:
  friend class Transaction;
  using Actions = std::vector<std::function<void()>>;

  // That of this thread; null: none.
  static CommitGroup* Of(const Database& database);

  // These are called under the lock of the database.

  // Takes what a transaction leaves to be done after the commit.
  void Take(Actions on_commit, Actions after_unlock);
  void CommitOpen() noexcept;
  void CommitForOther() noexcept;  // For a transaction of another thread, which begins.
  void Lose(std::exception_ptr error) noexcept;

  Database& database_;
  std::optional<DiskReserve::Use> reserve_use_;  // From the first change that may need it on.
  std::int64_t changes_before_ = 0;  // Rows that were changed before the last transaction began.
  std::exception_ptr error_;
  Actions on_commit_;
  Actions after_unlock_;
  Actions ready_;  // To be run by Commit.
};

}  // namespace msc::sqlite
