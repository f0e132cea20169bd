#pragma once

#include <utility>

namespace msc {

// Marks an open descriptor, so that a forked child of this process closes it before fork() returns
// there. Otherwise the child would hold a port, a connection or the lock of a folder after this
// process has closed it. (A child that executes another program keeps no descriptor of ours in any
// case: all are made with O_CLOEXEC.)
void CloseInForkedChildren(int descriptor);

// Removes the mark. To be called before the descriptor is closed, as its number is used again.
void ForgetForkedChildren(int descriptor) noexcept;

// Owns a file descriptor, which forked children do not inherit; -1: none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value);
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;

  int get() const { return value_; }

 private:
  int value_ = -1;
};

}  // namespace msc
