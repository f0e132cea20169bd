#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

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
  // and std::runtime_error where the host cannot be bound.
  Listener(const std::string& host, int port);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const;

  // Hands every accepted socket, which is the callee's from then on, to `accepted`, from a thread
  // of its own. Once.
  void Start(std::function<void(int socket)> accepted);

 private:
  class Acceptor;  // Keeps httplib.h out of every file but listener.cpp.
  std::unique_ptr<Acceptor> acceptor_;
};

}  // namespace msc::http
