#include "emulator/control/error/control_error.h"

#include <stdexcept>

namespace msc::control {

int StatusOf(ControlError error) {
  switch (error) {
    case ControlError::kArchiveInvalid:
    case ControlError::kInvalidArgument:
      return 400;
    case ControlError::kAdminTokenRefused:
      return 401;
    case ControlError::kHostForbidden:
    case ControlError::kOriginForbidden:
      return 403;
    case ControlError::kNotFound:
      return 404;
    case ControlError::kShutdownRefused:
      return 409;
    case ControlError::kLimitReached:
      return 413;
    case ControlError::kMediaTypeUnsupported:
      return 415;
    case ControlError::kNoFreeThread:
      return 503;
  }
  throw std::logic_error("ControlError out of range");
}

}  // namespace msc::control
