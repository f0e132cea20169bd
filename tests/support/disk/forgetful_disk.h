#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <map>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace msc::disk {

// A disk whose power is cut at one of its calls: what was not synced then is lost, or a part of it,
// in any order, and the process ends with status 137. As POSIX allows, which is more than a real
// file system does: a name is safe only when its folder was synced, and a write may be torn at each
// 512 bytes.
//
//   MSC_CUT_AT     at which of the calls, counted from 1; 0 or absent: never
//   MSC_CUT_SEED   decides what is lost
//
//   MSC_CUT_TRASH  a folder for removed names, on the same file system
//
// Thread-safe: one call at a time. Each method makes the call itself, but a sync reaches no disk.
class ForgetfulDisk {
 public:
  ForgetfulDisk();

  bool is_on() const { return at_ > 0; }

  ssize_t Write(int file, const char* bytes, size_t count, off_t offset);
  int Truncate(int file, off_t size);
  int Allocate(int file, int mode, off_t offset, off_t length);
  int Sync(int file);
  int Open(const char* path, int flags, mode_t mode);
  int MakeFolder(const char* path, mode_t mode);
  int Unlink(const char* path);

 private:
  using Id = std::pair<dev_t, ino_t>;

  // A change of a file's contents: from `offset` on, `before` became `after`; a size that changed.
  struct Change {
    off_t offset = 0;
    std::string before;
    std::string after;
    off_t size_before = 0;
    off_t size_after = 0;
  };
  struct File {
    std::string path;
    std::vector<Change> unsynced = {};
  };
  // A name in a folder that is new, or that was removed and is now at `kept`.
  struct Name {
    Id folder;
    std::string path;
    std::string kept;
  };

  // Counts a call; returns whether it is the one at which the power is cut.
  bool Count() { return ++count_ == at_; }
  static Id IdOf(const struct stat& status) { return {status.st_dev, status.st_ino}; }
  static Id FolderOf(const std::string& path);
  std::string NewKept();
  Change Before(int file, off_t offset, off_t length) const;
  void Note(int file, Change change);
  bool Chance(int one_in) { return random_() % static_cast<unsigned>(one_in) == 0; }
  std::string Survivor(const std::string& current, const File& file);
  void Apply(std::string& content, const Change& change, bool torn);
  void ForgetContents();
  void ForgetNames();
  [[noreturn]] void Cut();

  const long at_;
  long count_ = 0;
  std::mt19937 random_;
  std::mutex mutex_;
  std::string trash_;
  std::map<Id, File> files_;
  std::vector<Name> names_;
};

}  // namespace msc::disk
