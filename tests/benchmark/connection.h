#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace msc::benchmark {

struct Answer {
  int status = 0;
  std::string body;
};

// "http://host:port/target" in its parts.
struct Url {
  std::string host;  // An IPv4 address.
  int port = 0;
  std::string target;  // With its slash and query; "/" where there is none.

  // Throws std::invalid_argument for anything else.
  static Url Parse(std::string_view text);

  // As the Host header has it.
  std::string Authority() const;
};

// One keep-alive connection to a server on this machine, with as little code as possible, so that
// the server is what is measured. Throws std::system_error or std::runtime_error when the
// connection breaks.
class Connection {
 public:
  explicit Connection(const Url& url);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Send(std::string_view bytes);

  // Waits for the answer to what was sent. REQUIRES: it has a Content-Length.
  Answer Receive();

  // The same for an answer to HEAD, which has no body whatever its Content-Length.
  Answer ReceiveBodiless();

  // Waits for a 200 with a body of `size` bytes, which the kernel drops instead of copying them.
  // Throws std::runtime_error for any other answer.
  void ReceiveAndDrop(std::uint64_t size);

 private:
  struct Head {
    int status = 0;
    std::uint64_t length = 0;
  };

  Head ReceiveHead();
  void ReceiveMore();

  int socket_;
  std::string received_;  // What came and was not given out.
};

}  // namespace msc::benchmark
