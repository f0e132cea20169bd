#pragma once

#include <utility>
#include <variant>

#include "emulator/base/error.h"

namespace msc {

// A value, or the error because of which there is none. Internal errors (a full disk, a bug) are
// exceptions instead.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // Implicit: `return value;`
  Result(Error error) : state_(std::move(error)) {}  // Implicit: `return error;`

  explicit operator bool() const { return std::holds_alternative<T>(state_); }

  // REQUIRES: holds a value.
  const T& operator*() const& { return std::get<T>(state_); }
  T& operator*() & { return std::get<T>(state_); }
  T&& operator*() && { return std::get<T>(std::move(state_)); }
  const T* operator->() const { return &std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }

  // REQUIRES: holds an error.
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

struct Done {};

// The result of an operation that returns nothing: `return Done{};`
using Status = Result<Done>;

}  // namespace msc
