#include "emulator/base/forked_child.h"

#include <vector>

#include "emulator/base/mutex.h"

namespace msc {
namespace {

struct Abandoned {
  Mutex mutex;
  std::vector<const void*> objects MSC_GUARDED_BY(mutex);
};

}  // namespace

void Abandon(const void* object) {
  static auto* const abandoned = new Abandoned;
  const MutexLock lock(abandoned->mutex);
  abandoned->objects.push_back(object);
}

}  // namespace msc
