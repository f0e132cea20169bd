// Stands for a cpp-httplib of another version than the system's, which a project keeps a copy of:
// the same names in the same namespace, other layouts, defined in the header.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace httplib {

struct Request {
  std::array<char, 3> other_layout{};
  std::string path;
};

struct Response {
  std::array<char, 5> other_layout{};
  int status = -1;
};

class ThreadPool {
 public:
  explicit ThreadPool(std::size_t size) : sizes_(size, size) {}
  virtual ~ThreadPool() = default;

 private:
  std::vector<std::size_t> sizes_;
};

class Server {
 public:
  Server() : pool_(std::make_unique<ThreadPool>(2)) {}
  virtual ~Server() = default;
  virtual bool is_valid() const { return pool_ != nullptr; }

 private:
  std::array<char, 7> other_layout_{};
  std::unique_ptr<ThreadPool> pool_;
};

class Client {
 public:
  Client(const std::string&, int port) : port_(port) {}
  virtual ~Client() = default;

  Response Get(const std::string& path) const {
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<in_port_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
    ::send(connection, request.data(), request.size(), MSG_NOSIGNAL);
    std::array<char, 12> status_line{};
    ::recv(connection, status_line.data(), status_line.size(), MSG_WAITALL);
    ::close(connection);
    Response response;
    response.status = std::stoi(std::string(&status_line[9], 3));
    return response;
  }

 private:
  std::array<char, 9> other_layout_{};
  int port_;
};

}  // namespace httplib
