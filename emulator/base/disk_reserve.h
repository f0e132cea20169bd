#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "emulator/base/mutex.h"

namespace msc {

// A file that keeps some room on the disk, so that deleting works when the disk is full: the file
// is emptied for that, and filled again when there is room. Until then nothing else is written that
// needs room, because it would use up what deleting needs. Thread-safe.
class DiskReserve {
 public:
  // A reserve of that file; an empty path: none is needed, and everything may be written.
  explicit DiskReserve(std::string path) : path_(std::move(path)) {}
  ~DiskReserve();
  DiskReserve(const DiskReserve&) = delete;
  DiskReserve& operator=(const DiskReserve&) = delete;

  // Sets the number of bytes that are kept, of which a small disk has less. If there is no room for
  // them, Require fails until there is.
  void Keep(std::uint64_t size);

  // Returns when nobody uses the reserve. Throws std::runtime_error if it was used and cannot be
  // filled again, because the disk is full.
  void Require();

  // While this object lives, the reserve is not used: bytes are being written. The constructor
  // throws as Require does.
  class Writing {
   public:
    explicit Writing(DiskReserve& reserve);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

   private:
    DiskReserve& reserve_;
  };

  // While this object lives, there is room for deleting. If that is the room of the reserve, nobody
  // writes or requires meanwhile.
  class Use {
   public:
    explicit Use(DiskReserve& reserve);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    DiskReserve& reserve_;
    bool is_needed_ = false;
  };

 private:
  void RequireLocked() MSC_REQUIRES(mutex_);
  bool Fill() MSC_REQUIRES(mutex_);
  void Empty() MSC_REQUIRES(mutex_);
  bool IsDiskAlmostFull() const MSC_REQUIRES(mutex_);

  const std::string path_;
  Mutex mutex_;
  ConditionVariable changed_;
  int file_ MSC_GUARDED_BY(mutex_) = -1;
  std::uint64_t size_ MSC_GUARDED_BY(mutex_) = 0;  // Wanted.
  bool is_whole_ MSC_GUARDED_BY(mutex_) = true;
  int writings_ MSC_GUARDED_BY(mutex_) = 0;
  int uses_ MSC_GUARDED_BY(mutex_) = 0;
};

}  // namespace msc
