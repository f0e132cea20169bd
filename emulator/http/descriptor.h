#pragma once

#include <unistd.h>

#include <utility>

namespace msc::http {

// Owns a file descriptor; -1: none.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  Descriptor(const Descriptor&) = delete;

  int get() const { return value_; }

 private:
  int value_;
};

}  // namespace msc::http
