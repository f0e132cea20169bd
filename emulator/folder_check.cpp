#include "emulator/folder_check.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/data_directory.h"
#include "emulator/base/descriptor.h"
#include "emulator/base/random.h"
#include "emulator/keys/key_store.h"
#include "emulator/sqlite/database.h"
#include "emulator/sqlite/tables_check.h"
#include "emulator/videos/video_store.h"
#include "storage_stub/model/bytes_file.h"
#include "storage_stub/verify.h"

namespace msc {
namespace {

using Report = std::function<void(const std::string&)>;

constexpr std::string_view kCountVideos = R"sql(
  SELECT count(*) FROM video
)sql";

// Keeps emulators away from the folder for as long as it lives, if it has a lock file.
class SharedLock {
 public:
  SharedLock(const std::filesystem::path& folder, const Report& report)
      : path_(folder / kLockFile), file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (file_.get() < 0) {
      report(path_.string() + ": it cannot be read: " + std::strerror(errno));
      return;
    }
    const bool taken = ::flock(file_.get(), LOCK_SH | LOCK_NB) != 0;
    const auto [owner, used] = ReadLock(file_.get());
    says_used_ = used > 0;
    if (taken) {
      throw FolderInUse(path_.string() + " is held by another process" +
                        (owner > 0 ? ", " + std::to_string(owner) : std::string()) +
                        ": a folder is checked while no emulator uses it");
    }
    if (!says_used_) {
      report(path_.string() + ": it has lost its contents; the next start writes them again");
    }
  }

  bool says_used() const { return says_used_; }

 private:
  const std::filesystem::path path_;
  const Descriptor file_;
  bool says_used_ = false;
};

// A copy of the database with its log, that only this user can read. Opening the original would
// write the log back to it.
class RecordsCopy {
 public:
  explicit RecordsCopy(const std::filesystem::path& folder) {
    std::string name = std::filesystem::temp_directory_path() / "msc-verify-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("cannot make the folder " + name + ": " + std::strerror(errno));
    }
    folder_ = name;
    try {
      std::filesystem::copy_file(folder / kEmulatorDatabase, path());
      const std::string log = std::string(kEmulatorDatabase) + "-wal";
      if (exists(folder / log)) std::filesystem::copy_file(folder / log, folder_ / log);
      permissions(path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    } catch (...) {
      Remove();
      throw;
    }
  }
  ~RecordsCopy() { Remove(); }
  RecordsCopy(const RecordsCopy&) = delete;
  RecordsCopy& operator=(const RecordsCopy&) = delete;

  std::filesystem::path path() const { return folder_ / kEmulatorDatabase; }

 private:
  void Remove() {
    std::error_code ignored;
    remove_all(folder_, ignored);
  }

  std::filesystem::path folder_;
};

std::uint64_t CountVideos(sqlite::Database& records) {
  const Clock clock;
  Random random;
  const keys::KeyStore keys(records, random);  // Both create their tables if there are none yet.
  const videos::VideoStore store(records, clock);
  auto transaction = records.Read();
  auto count = transaction.Prepare(kCountVideos);
  count.Step();
  return static_cast<std::uint64_t>(count.Int(0));
}

bool HasBytes(const std::filesystem::path& folder) {
  std::error_code missing;
  const auto size = file_size(folder / storage::kBytesFile, missing);
  return !missing && size > 0;
}

std::string Replaced(std::string text, const std::string& old, const std::string& by) {
  const auto at = text.find(old);
  if (at != std::string::npos) text.replace(at, old.size(), by);
  return text;
}

FolderContents CheckRecordsIn(const std::filesystem::path& copy,
                              const std::filesystem::path& folder, const Report& report) {
  sqlite::Database records(copy);
  for (const auto& problem : records.FindDamage()) report("the database: " + problem);
  FolderContents contents{.videos = CountVideos(records)};
  const auto blobs = storage::Verify(records, folder, report);
  contents.containers = blobs.containers;
  contents.blobs = blobs.blobs;
  contents.blocks = blobs.blocks;
  contents.bytes = blobs.bytes;
  return contents;
}

}  // namespace

FolderContents CheckFolder(const std::filesystem::path& folder, const Report& report) {
  if (!is_directory(folder)) throw std::runtime_error(folder.string() + " is no folder");
  const SharedLock lock(folder, report);
  const auto database = folder / kEmulatorDatabase;
  if (!exists(database)) {
    report(database.string() + ": it is missing");
    return {};
  }
  const RecordsCopy copy(folder);
  try {
    if (lock.says_used() || HasBytes(folder)) sqlite::RequireTables(copy.path());
    return CheckRecordsIn(copy.path(), folder, report);
  } catch (const std::runtime_error& error) {
    report(Replaced(error.what(), copy.path(), database));
    return {};
  }
}

}  // namespace msc
