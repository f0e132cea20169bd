#pragma once

namespace msc::keys {

// Errors of key delivery.
enum class KeyError {
  kKeyIdMalformed,
  kTokenRefused,
  kKeyNotFound,
};

int StatusOf(KeyError error);

}  // namespace msc::keys
