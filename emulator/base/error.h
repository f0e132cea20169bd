#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace msc {

// Refusals of HTTP itself and of the connector's own APIs. http::StatusOf maps all of them with a
// `switch` without `default:`, so that a new one cannot be forgotten. Storage has an enum of its
// own.
enum class ErrorCode {
  // Of HTTP itself.
  kMalformedRequest,
  kBodyTooLarge,
  kRequestTimeout,
  kLengthRequired,
  kRouteNotFound,
  kMethodNotAllowed,
  kInternalError,  // Something of ours broke (a full disk, a bug); the log says what.
  kClientGone,     // The connection broke while the body was read; nobody hears the answer.

  // Of the Videos API.
  kVideoUnreadable,   // The entity in the body cannot be made into a Video.
  kModeNotSupported,  // A protection or encryption mode that does not exist.
  kVideoNotFound,
  kVideoNotReady,  // Still pending or processing.
  kNothingUploaded,
  kVideoExists,     // Another one has that id.
  kVideoEnded,      // Completed or failed: it takes no program any more.
  kProgramInvalid,  // A program of a video that cannot be.
  kKeyIdMalformed,
  kKeyNotFound,
  kParameterInvalid,
  kSignInRequired,

  // Of key delivery.
  kTokenRefused,

  // Of the control API.
  kHostForbidden,
  kOriginForbidden,
  kMediaTypeUnsupported,
  kAdminTokenRefused,
  kArchiveInvalid,   // What was to be imported is not a whole and sound archive.
  kControlInvalid,   // A body, or a C++ argument, that asks for what cannot be.
  kControlNotFound,  // No fault, request or snapshot of that name.
  kShutdownRefused,
  kNoFreeThread,  // There is no thread for what may take long.
};

// One value of any subject's enum of refusals. Subjects do not know each other's.
class RefusalCode {
 public:
  template <typename Enum>
  requires std::is_enum_v<Enum> RefusalCode(
      Enum code)  // Implicit: `Error{ErrorCode::kVideoNotFound}`.
      : subject_(&kSubject<Enum>), value_(static_cast<int>(code)) {}

  // The value where it is one of `Enum`.
  template <typename Enum>
  std::optional<Enum> As() const {
    if (subject_ != &kSubject<Enum>) return std::nullopt;
    return static_cast<Enum>(value_);
  }

  friend bool operator==(const RefusalCode&, const RefusalCode&) = default;

 private:
  template <typename Enum>
  static constexpr char kSubject = 0;  // Its address tells enums apart.

  const char* subject_;
  int value_;
};

// Why something was refused.
struct Error {
  RefusalCode code;

  // One line for a person: the bad value and the remedy. Where the wire format prescribes a text,
  // that is used instead.
  std::string message = {};

  // What the storage service calls AuthenticationErrorDetail; empty: none.
  std::string detail = {};

  // Further members of a storage error, in order, such as {"UserSpecifiedMd5", "…"}.
  std::vector<std::pair<std::string, std::string>> members = {};

  // Headers that a storage answer has beside the usual ones, such as {"Content-Range", "bytes
  // */5"}.
  std::vector<std::pair<std::string, std::string>> headers = {};
};

}  // namespace msc
