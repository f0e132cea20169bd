#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

#include "emulator/http/descriptor.h"

namespace msc::http {

// A port that somebody else has.
class PortTaken : public std::runtime_error {
 public:
  PortTaken(const std::string& what, int port) : std::runtime_error(what), port_(port) {}

  int port() const { return port_; }

 private:
  int port_;
};

// A host that this machine does not have, such as ::1 where there is no IPv6.
class HostMissing : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A port of this machine whose connections are accepted for as long as this object lives.
class Listener {
 public:
  // Binds `port` (0: any free one) of `host`, a name or an address. Throws PortTaken, HostMissing,
  // and std::runtime_error if the host cannot be bound.
  Listener(const std::string& host, int port);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }

  // Hands every accepted socket, which is the callee's from then on, does not block and is not
  // inherited by child processes, to `accepted`, from a thread of its own. Once.
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
