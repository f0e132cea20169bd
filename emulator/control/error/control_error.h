#pragma once

namespace msc::control {

// Errors of the control API, and of the C++ API.
enum class ControlError {
  kHostForbidden,
  kOriginForbidden,
  kMediaTypeUnsupported,
  kAdminTokenRefused,
  kArchiveInvalid,   // The archive to import is invalid or incomplete.
  kInvalidArgument,  // An invalid body or C++ argument.
  kLimitReached,     // One more would exceed a limit of memory.
  kNotFound,         // No fault, request or snapshot with that name.
  kShutdownRefused,
  kNoFreeThread,  // No thread is free for a request that may take long.
};

int StatusOf(ControlError error);

}  // namespace msc::control
