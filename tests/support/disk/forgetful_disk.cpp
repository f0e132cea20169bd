#include "tests/support/disk/forgetful_disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "tests/support/disk/real_calls.h"

namespace msc::disk {
namespace {

constexpr std::size_t kSector = 512;
constexpr int kKilled = 137;

long Number(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? std::atol(value) : 0;
}

std::string ReadAll(int file) {
  struct stat status {};
  ::fstat(file, &status);
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  const auto count = ::pread(file, content.data(), content.size(), 0);
  content.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return content;
}

void Put(std::string& content, off_t offset, std::string_view bytes) {
  const auto at = static_cast<std::size_t>(offset);
  if (content.size() < at + bytes.size()) content.resize(at + bytes.size());
  content.replace(at, bytes.size(), bytes);
}

}  // namespace

ForgetfulDisk::ForgetfulDisk()
    : at_(Number("MSC_CUT_AT")), random_(static_cast<unsigned>(Number("MSC_CUT_SEED"))) {
  const char* const trash = std::getenv("MSC_CUT_TRASH");
  trash_ = trash != nullptr ? trash : "";
}

ForgetfulDisk::Id ForgetfulDisk::FolderOf(const std::string& path) {
  struct stat status {};
  ::stat(std::filesystem::path(path).parent_path().c_str(), &status);
  return IdOf(status);
}

std::string ForgetfulDisk::NewKept() {
  return trash_ + '/' + std::to_string(::getpid()) + '-' + std::to_string(names_.size()) + '-' +
         std::to_string(count_);
}

// What is in the file where a change is going to be.
ForgetfulDisk::Change ForgetfulDisk::Before(int file, off_t offset, off_t length) const {
  struct stat status {};
  ::fstat(file, &status);
  Change change{.offset = offset, .size_before = status.st_size, .size_after = status.st_size};
  const off_t there = std::clamp<off_t>(status.st_size - offset, 0, length);
  change.before.resize(static_cast<std::size_t>(there));
  if (there > 0) (void)!::pread(file, change.before.data(), change.before.size(), offset);
  return change;
}

void ForgetfulDisk::Note(int file, Change change) {
  struct stat status {};
  ::fstat(file, &status);
  change.size_after = status.st_size;
  const auto known = files_.find(IdOf(status));
  if (known != files_.end()) known->second.unsynced.push_back(std::move(change));
}

ssize_t ForgetfulDisk::Write(int file, const char* bytes, size_t count, off_t offset) {
  const std::scoped_lock lock(mutex_);
  auto change = Before(file, offset, static_cast<off_t>(count));
  const auto written = Real().pwrite(file, bytes, count, offset);
  if (written > 0) {
    change.after.assign(bytes, static_cast<std::size_t>(written));
    Note(file, std::move(change));
  }
  if (Count()) Cut();
  return written;
}

int ForgetfulDisk::Truncate(int file, off_t size) {
  const std::scoped_lock lock(mutex_);
  struct stat status {};
  ::fstat(file, &status);
  auto change = Before(file, size, std::max<off_t>(status.st_size - size, 0));
  const int code = Real().ftruncate(file, size);
  if (code == 0) Note(file, std::move(change));
  if (Count()) Cut();
  return code;
}

// A hole is a write of zeros; and what is allocated without a hole is not seen.
int ForgetfulDisk::Allocate(int file, int mode, off_t offset, off_t length) {
  const std::scoped_lock lock(mutex_);
  auto change = Before(file, offset, (mode & FALLOC_FL_PUNCH_HOLE) != 0 ? length : 0);
  const int code = Real().fallocate(file, mode, offset, length);
  if (code == 0) {
    change.after.assign(change.before.size(), '\0');
    Note(file, std::move(change));
  }
  if (Count()) Cut();
  return code;
}

int ForgetfulDisk::Sync(int file) {
  const std::scoped_lock lock(mutex_);
  if (Count()) Cut();
  struct stat status {};
  if (::fstat(file, &status) != 0) return -1;
  const Id id = IdOf(status);
  if (const auto known = files_.find(id); known != files_.end()) known->second.unsynced.clear();
  std::erase_if(names_, [&](const Name& name) { return name.folder == id; });
  return 0;
}

int ForgetfulDisk::Open(const char* path, int flags, mode_t mode) {
  const std::scoped_lock lock(mutex_);
  struct stat status {};
  const bool is_new = (flags & O_CREAT) != 0 && ::stat(path, &status) != 0;
  const int file = Real().open(path, flags, mode);
  if (file < 0 || ::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return file;
  files_.try_emplace(IdOf(status), File{.path = path});
  if (!is_new) return file;
  names_.push_back({.folder = FolderOf(path), .path = path, .kept = ""});
  if (Count()) Cut();
  return file;
}

int ForgetfulDisk::MakeFolder(const char* path, mode_t mode) {
  const std::scoped_lock lock(mutex_);
  const int code = Real().mkdir(path, mode);
  if (code == 0) names_.push_back({.folder = FolderOf(path), .path = path, .kept = ""});
  if (Count()) Cut();
  return code;
}

int ForgetfulDisk::Unlink(const char* path) {
  const std::scoped_lock lock(mutex_);
  const auto kept = NewKept();
  const int code = Real().rename(path, kept.c_str());
  if (code == 0) names_.push_back({.folder = FolderOf(path), .path = path, .kept = kept});
  if (Count()) Cut();
  return code;
}

void ForgetfulDisk::Apply(std::string& content, const Change& change, bool torn) {
  const auto size = static_cast<std::size_t>(change.size_after);
  if (change.size_after != change.size_before && !torn) content.resize(size);
  for (std::size_t at = 0; at < change.after.size();) {
    const auto in_sector = (static_cast<std::size_t>(change.offset) + at) % kSector;
    const auto part = std::string_view(change.after).substr(at, kSector - in_sector);
    if (!torn || Chance(2)) Put(content, change.offset + static_cast<off_t>(at), part);
    at += part.size();
  }
}

// The content after the cut: nothing of what was not synced survives, or its first changes, or some
// of them, each as a whole or torn.
std::string ForgetfulDisk::Survivor(const std::string& current, const File& file) {
  std::string content = current;
  for (auto change = file.unsynced.rbegin(); change != file.unsynced.rend(); ++change) {
    content.resize(static_cast<std::size_t>(change->size_before));
    Put(content, change->offset, change->before);
  }
  const auto way = random_() % 4;
  const auto first = random_() % (file.unsynced.size() + 1);
  for (std::size_t i = 0; way > 0 && i < file.unsynced.size(); ++i) {
    const bool survives = way == 1   ? i < first
                          : way == 2 ? Chance(2)
                                     : i + 1 < file.unsynced.size();
    if (survives) Apply(content, file.unsynced[i], way == 2 && Chance(3));
  }
  return content;
}

void ForgetfulDisk::ForgetContents() {
  for (const auto& [id, file] : files_) {
    if (file.unsynced.empty()) continue;
    const int opened = Real().open(file.path.c_str(), O_RDWR | O_CLOEXEC, 0);
    struct stat status {};
    if (opened < 0 || ::fstat(opened, &status) != 0 || IdOf(status) != id) continue;
    const auto content = Survivor(ReadAll(opened), file);
    Real().ftruncate(opened, 0);
    Real().pwrite(opened, content.data(), content.size(), 0);
  }
}

void ForgetfulDisk::ForgetNames() {
  for (auto name = names_.rbegin(); name != names_.rend(); ++name) {
    if (Chance(2)) continue;
    if (name->kept.empty()) {
      Real().rename(name->path.c_str(), (NewKept() + "-lost").c_str());
    } else if (::access(name->path.c_str(), F_OK) != 0) {
      Real().rename(name->kept.c_str(), name->path.c_str());
    }
    ++count_;
  }
}

void ForgetfulDisk::Cut() {
  ForgetContents();
  ForgetNames();
  ::_exit(kKilled);
}

}  // namespace msc::disk
