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
        budget(options.limits.collected_bytes),
        context{.limits = options.limits,
                .stop = stop,
                .budget = budget,
                .log = options.log,
                .on_rejection = options.on_rejection} {
    for (auto& service : services) {
      endpoints.push_back({std::move(service.application), std::move(service.thread_use)});
    }
  }

  ~Impl() {
    stop.Set();
    // Connections first: with all descriptors in use, accepting would not end before some are free.
    reactor.Stop();
    services.clear();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Accept(int socket, const Endpoint& endpoint) {
    try {
      auto stream = options.tls ? options.tls->MakeStream(socket) : MakePlainStream(socket);
      reactor.Add(std::make_unique<Connection>(std::move(stream), options.tls ? "https" : "http",
                                               endpoint, context));
    } catch (
        const std::exception& error) {  // For example, out of memory. The next one may succeed.
      options.log(LogLevel::kError, std::string("a connection was dropped: ") + error.what());
    }
  }

  std::vector<Service> services;
  std::vector<Endpoint> endpoints;  // Of the services, in order.
  const ServerOptions options;
  StopSignal stop;
  BodyBudget budget;
  const ConnectionContext context;
  Reactor reactor{options.limits, options.log};
};

Server::Server(std::vector<Service> services, ServerOptions options)
    : impl_(std::make_unique<Impl>(std::move(services), std::move(options))) {
  Impl* const impl = impl_.get();
  for (std::size_t i = 0; i < impl->services.size(); ++i) {
    const Endpoint& endpoint = impl->endpoints[i];
    for (const auto& listener : impl->services[i].port.listeners()) {
      listener->Start([impl, &endpoint](int socket) { impl->Accept(socket, endpoint); },
                      [impl] { impl->reactor.EvictOne(); });
    }
  }
}

Server::~Server() = default;

}  // namespace msc::http
