#pragma once

namespace msc::control {

// Errors of the control API, and of what C++ code asks of the emulator.
enum class ControlError {
  kHostForbidden,
  kOriginForbidden,
  kMediaTypeUnsupported,
  kAdminTokenRefused,
  kArchiveInvalid,   // What was to be imported is not a whole and sound archive.
  kInvalidArgument,  // A body, or a C++ argument, that asks for what cannot be.
  kNotFound,         // No fault, request or snapshot of that name.
  kShutdownRefused,
  kNoFreeThread,  // There is no thread for what may take long.
};

int StatusOf(ControlError error);

}  // namespace msc::control
