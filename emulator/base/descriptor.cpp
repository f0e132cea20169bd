#include "emulator/base/descriptor.h"

#include <pthread.h>
#include <unistd.h>

#include <cstddef>
#include <vector>

#include "emulator/base/mutex.h"

namespace msc {
namespace {

// The marked descriptors of this process. Process-wide, because fork() copies all of them.
class MarkedDescriptors {
 public:
  // Never destroyed: an emulator may be a static object.
  static MarkedDescriptors& Instance() {
    static auto* const instance = new MarkedDescriptors;
    return *instance;
  }

  void Set(int descriptor, bool is_marked) {
    const auto index = static_cast<std::size_t>(descriptor);
    const MutexLock lock(mutex_);
    if (marks_.size() <= index) marks_.resize(index + 1);
    marks_[index] = is_marked;
  }

 private:
  MarkedDescriptors() { ::pthread_atfork(Lock, Unlock, CloseAll); }

  // Held during a fork, so that the child finds the marks complete and the mutex free.
  static void Lock() MSC_NO_THREAD_ANALYSIS { Instance().mutex_.Lock(); }
  static void Unlock() MSC_NO_THREAD_ANALYSIS { Instance().mutex_.Unlock(); }

  // In the child: it must not allocate.
  static void CloseAll() MSC_NO_THREAD_ANALYSIS {
    auto& marks = Instance().marks_;
    for (std::size_t index = 0; index < marks.size(); ++index) {
      if (marks[index]) ::close(static_cast<int>(index));
      marks[index] = false;
    }
    Unlock();
  }

  Mutex mutex_;
  std::vector<bool> marks_ MSC_GUARDED_BY(mutex_);  // By descriptor.
};

}  // namespace

void CloseInForkedChildren(int descriptor) { MarkedDescriptors::Instance().Set(descriptor, true); }

void ForgetForkedChildren(int descriptor) noexcept {
  MarkedDescriptors::Instance().Set(descriptor, false);
}

Descriptor::Descriptor(int value) : value_(value) {
  if (value_ >= 0) CloseInForkedChildren(value_);
}

Descriptor::~Descriptor() {
  if (value_ < 0) return;
  ForgetForkedChildren(value_);
  ::close(value_);
}

}  // namespace msc
