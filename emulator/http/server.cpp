#include "emulator/http/server.h"

#include <exception>
#include <string>
#include <utility>

#include "emulator/http/connection.h"
#include "emulator/http/reactor.h"
#include "emulator/http/stop_signal.h"

namespace msc::http {

struct Server::Impl {
  Impl(std::vector<Service> given, ServerOptions chosen)
      : services(std::move(given)),
        options(std::move(chosen)),
        context{.limits = options.limits, .stop = stop, .log = options.log} {}

  ~Impl() {
    stop.Set();
    // Connections first: with all descriptors in use, accepting would not end before some are free.
    reactor.Stop();
    services.clear();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Accept(int socket, const Application& application) {
    try {
      auto stream = options.tls ? options.tls->MakeStream(socket) : MakePlainStream(socket);
      reactor.Add(std::make_unique<Connection>(std::move(stream), options.tls ? "https" : "http",
                                               application, context));
    } catch (
        const std::exception& error) {  // For example, out of memory. The next one may succeed.
      options.log(LogLevel::kError, std::string("a connection was dropped: ") + error.what());
    }
  }

  std::vector<Service> services;
  const ServerOptions options;
  StopSignal stop;
  const ConnectionContext context;
  Reactor reactor{options.limits, options.log};
};

Server::Server(std::vector<Service> services, ServerOptions options)
    : impl_(std::make_unique<Impl>(std::move(services), std::move(options))) {
  for (const auto& service : impl_->services) {
    for (const auto& listener : service.port.listeners()) {
      listener->Start([impl = impl_.get(), &service](int socket) {
        impl->Accept(socket, service.application);
      });
    }
  }
}

Server::~Server() = default;

}  // namespace msc::http
