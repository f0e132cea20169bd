#pragma once

#include <memory>
#include <string>
#include <vector>

#include "emulator/http/listener.h"

namespace msc::http {

// One port, bound on one or more hosts. Clients can connect; they wait until a Server serves it.
class BoundPort {
 public:
  // `port` 0: any port that is free on all hosts. The first host must be bindable; further hosts
  // that the machine does not have, such as ::1 without IPv6, are left out. Throws PortTaken, and
  // std::runtime_error if the first host cannot be bound.
  BoundPort(const std::vector<std::string>& hosts, int port);

  int port() const { return listeners_.front()->port(); }

  const std::vector<std::unique_ptr<Listener>>& listeners() const { return listeners_; }

 private:
  std::vector<std::unique_ptr<Listener>> listeners_;
};

}  // namespace msc::http
