#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>

#include "emulator/base/error_facts.h"

namespace msc {

// A value of the error enum of any subject. Subjects do not know each other's enums.
class ErrorCode {
 public:
  template <typename Enum>
  requires std::is_enum_v<Enum> ErrorCode(Enum code)  // Implicit: `Error{HttpError::kClientGone}`.
      : subject_(&kSubject<Enum>), value_(static_cast<int>(code)) {}

  // The value if it is one of `Enum`.
  template <typename Enum>
  std::optional<Enum> As() const {
    if (subject_ != &kSubject<Enum>) return std::nullopt;
    return static_cast<Enum>(value_);
  }

  friend bool operator==(const ErrorCode&, const ErrorCode&) = default;

 private:
  template <typename Enum>
  static constexpr char kSubject = 0;  // Its address identifies the enum.

  const char* subject_;
  int value_;
};

// Why a request fails.
struct Error {
  ErrorCode code;

  // One line for people: the bad value and what to do. If the wire format prescribes a text, that
  // one is sent instead.
  std::string message = {};

  // The same as a type for programs, if it is known.
  ErrorFacts facts = {};

  // The fact, if it is a `Fact`; else null.
  template <typename Fact>
  const Fact* fact() const {
    return std::get_if<Fact>(&facts);
  }
};

}  // namespace msc
