#pragma once

#include "emulator/http/body.h"

namespace msc::http {

// The body of a request on a connection.
class ClientBody : public BodyReader {
 public:
  // Whether the connection may be used again once Drain has been called.
  virtual bool CanDrain() const = 0;

  // Skips the rest of the body; false if the connection cannot be used again.
  virtual bool Drain() = 0;
};

}  // namespace msc::http
