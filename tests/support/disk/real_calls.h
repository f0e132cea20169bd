#pragma once

#include <dlfcn.h>
#include <sys/types.h>

namespace msc::disk {

// The system calls of libc, behind the ones of this library.
template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

struct RealCalls {
  ssize_t (*pwrite)(int, const void*, size_t,
                    off_t) = Next<ssize_t(int, const void*, size_t, off_t)>("pwrite64");
  int (*fsync)(int) = Next<int(int)>("fsync");
  int (*fdatasync)(int) = Next<int(int)>("fdatasync");
  int (*ftruncate)(int, off_t) = Next<int(int, off_t)>("ftruncate64");
  int (*fallocate)(int, int, off_t, off_t) = Next<int(int, int, off_t, off_t)>("fallocate64");
  int (*open)(const char*, int, mode_t) = Next<int(const char*, int, mode_t)>("open64");
  int (*mkdir)(const char*, mode_t) = Next<int(const char*, mode_t)>("mkdir");
  int (*unlink)(const char*) = Next<int(const char*)>("unlink");
  int (*rename)(const char*, const char*) = Next<int(const char*, const char*)>("rename");
};

// Made at the first call, and never destroyed: other libraries write until the end.
inline const RealCalls& Real() {
  static const auto* const calls = new RealCalls;
  return *calls;
}

}  // namespace msc::disk
