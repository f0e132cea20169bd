#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/keys/key_store.h"

namespace msc::keys {

// Returns keys to clients that have a token. Thread-safe. REQUIRES: the references outlive the
// object.
class KeyDelivery {
 public:
  KeyDelivery(KeyStore& keys, const Clock& clock) : keys_(keys), clock_(clock) {}

  // GET, POST /keydelivery?kid=. kKeyIdMalformed, kKeyNotFound, kTokenRefused, in this order.
  // Source: RFC 8216, "HTTP Live Streaming", section 4.3.2.4,
  // https://www.rfc-editor.org/rfc/rfc8216 (a key URL returns the 16 bytes of a key). The service
  // responds 401 without a valid token; 400 and 404 are our own choice.
  Result<http::Response> Get(const http::Request& request) const;

 private:
  KeyStore& keys_;
  const Clock& clock_;
};

// REQUIRES: `delivery` and `clock` outlive it.
http::Router DeliveryRouter(const KeyDelivery& delivery, const Clock& clock, Log log);

}  // namespace msc::keys
