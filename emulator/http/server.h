#pragma once

#include <memory>
#include <vector>

#include "emulator/base/log.h"
#include "emulator/http/application.h"
#include "emulator/http/bound_port.h"
#include "emulator/http/limits.h"
#include "emulator/http/thread_use.h"
#include "emulator/http/tls.h"

namespace msc::http {

// A port and the application that serves it.
struct Service {
  BoundPort port;
  Application application;

  // Tells requests that are served however many clients are slow from others; null: there are none.
  ThreadUseOf thread_use = nullptr;
};

struct ServerOptions {
  ConnectionLimits limits = {};

  // Null: no encryption.
  std::shared_ptr<const TlsContext> tls = nullptr;

  Log log = LogToStderr();

  // Null: nothing is called.
  OnRejection on_rejection = nullptr;
};

// Serves ports for as long as it lives.
class Server {
 public:
  // Connections are served once this returns. REQUIRES: whatever the applications use outlives the
  // server.
  Server(std::vector<Service> services, ServerOptions options = {});

  // Closes all connections at once, without waiting for clients, and waits for handlers to return;
  // Request::stop tells handlers that wait.
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace msc::http
