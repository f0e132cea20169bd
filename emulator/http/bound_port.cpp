#include "emulator/http/bound_port.h"

namespace msc::http {
namespace {

using Listeners = std::vector<std::unique_ptr<Listener>>;

// Listens on the same port of all hosts.
Listeners Listen(const std::vector<std::string>& hosts, int port) {
  Listeners listeners;
  for (const auto& host : hosts) {
    try {
      listeners.push_back(std::make_unique<Listener>(host, port));
      port = listeners.front()->port();
    } catch (const HostMissing&) {
      if (listeners.empty()) throw;  // A further host is missing, for example without IPv6.
    }
  }
  return listeners;
}

// Tries again if a port that is free on one host is used on another.
Listeners ListenOnAny(const std::vector<std::string>& hosts) {
  constexpr int kTries = 32;
  for (int i = 1; i < kTries; ++i) {
    try {
      return Listen(hosts, 0);
    } catch (const PortTaken&) {
    }
  }
  return Listen(hosts, 0);
}

}  // namespace

BoundPort::BoundPort(const std::vector<std::string>& hosts, int port)
    : listeners_(port == 0 ? ListenOnAny(hosts) : Listen(hosts, port)) {}

}  // namespace msc::http
