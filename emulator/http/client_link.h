#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace msc::http {

// A server, and how long to wait for it.
struct ClientTarget {
  std::string host;  // A name, or an address without brackets.
  int port = 0;
  bool is_encrypted = false;

  // Whether the host may lead to an address that no ordinary server has: link-local (where machines
  // of clouds tell secrets), multicast, or none.
  bool may_be_special = false;

  std::chrono::steady_clock::time_point deadline = {};

  // Asked while it waits; when it returns false, all calls fail. Null: it never does.
  std::function<bool()> is_wanted = nullptr;
};

// A connection to a server, plain or encrypted. To be used by one thread.
class ClientLink {
 public:
  virtual ~ClientLink() = default;

  // How many bytes were read into the front of `buffer` (never empty); 0 at the end; nullopt if the
  // connection broke or the deadline passed.
  virtual std::optional<std::size_t> Read(std::span<char> buffer) = 0;

  // False if the connection broke or the deadline passed.
  virtual bool Write(std::string_view bytes) = 0;
};

// Null if the server was not reached; then `why` says why.
std::unique_ptr<ClientLink> OpenClientLink(const ClientTarget& target, std::string& why);

}  // namespace msc::http
