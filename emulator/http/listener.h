#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "emulator/base/descriptor.h"

namespace msc::http {

// Another process uses the port.
class PortTaken : public std::runtime_error {
 public:
  PortTaken(const std::string& what, int port) : std::runtime_error(what), port_(port) {}

  int port() const { return port_; }

 private:
  int port_;
};

// This machine does not have the host, such as ::1 without IPv6.
class HostMissing : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A port of this machine, whose connections are accepted as long as this object lives.
class Listener {
 public:
  // Binds `port` (0: any free one) of `host`, a name or an address. Throws PortTaken, HostMissing,
  // and std::runtime_error if the host cannot be bound.
  Listener(const std::string& host, int port);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }

  // Starts a thread that passes every accepted socket to `accepted`, which then owns it. The socket
  // is non-blocking and not inherited by child processes. `needs_descriptor` is called when a
  // connection waits and the process has no descriptor left for it. To be called once.
  void Start(std::function<void(int socket)> accepted, std::function<void()> needs_descriptor);

 private:
  void Run();
  void AcceptAll();
  void OpenSpare();
  bool MakeRoom();

  const Descriptor socket_;
  const Descriptor stop_event_;
  const int port_;
  std::optional<Descriptor> spare_;  // Closed to accept a connection when there is no other.
  std::function<void(int)> accepted_;
  std::function<void()> needs_descriptor_;
  std::thread thread_;
};

}  // namespace msc::http
