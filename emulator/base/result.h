#pragma once

#include <utility>
#include <variant>

#include "emulator/base/error.h"

namespace msc {

// A value or the error that stands in its place. What goes wrong inside (a full disk, a bug) is an
// exception instead.
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

// Result of an operation that has nothing to return: `return Done{};`
using Status = Result<Done>;

}  // namespace msc
