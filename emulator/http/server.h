#pragma once

#include <memory>
#include <vector>

#include "emulator/base/log.h"
#include "emulator/http/application.h"
#include "emulator/http/bound_port.h"
#include "emulator/http/limits.h"
#include "emulator/http/tls.h"

namespace msc::http {

// A port and what answers there.
struct Service {
  BoundPort port;
  Application application;
};

struct ServerOptions {
  ConnectionLimits limits = {};

  // Null: no encryption.
  std::shared_ptr<const TlsContext> tls = nullptr;

  Log log = LogToStderr();
};

// Serves ports for as long as it lives.
class Server {
 public:
  // Connections are served once this returns. What the applications use must outlive the server.
  Server(std::vector<Service> services, ServerOptions options = {});

  // Ends all connections at once, whatever their clients hold open, and waits for handlers to
  // return; those that wait are told by Request::stop.
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::http
