#pragma once

#include <functional>
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
  // is non-blocking and not inherited by child processes. To be called once.
  void Start(std::function<void(int socket)> accepted);

 private:
  void Run() const;
  void AcceptAll() const;

  const Descriptor socket_;
  const Descriptor stop_event_;
  const int port_;
  std::function<void(int)> accepted_;
  std::thread thread_;
};

}  // namespace msc::http
