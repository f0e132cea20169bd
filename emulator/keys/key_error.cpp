#include "emulator/keys/key_error.h"

#include <stdexcept>

namespace msc::keys {

int StatusOf(KeyError error) {
  switch (error) {
    case KeyError::kKeyIdMalformed:
      return 400;
    case KeyError::kTokenRefused:
      return 401;
    case KeyError::kKeyNotFound:
      return 404;
  }
  throw std::logic_error("KeyError out of range");
}

}  // namespace msc::keys
