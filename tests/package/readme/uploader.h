// The client under test: uploads a film, with plain sockets.
#pragma once

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

namespace uploader {

// An "http://host:port/target" in its parts.
struct Address {
  explicit Address(const std::string& url) {
    const auto start = url.find("//") + 2;
    const auto slash = std::min(url.find('/', start), url.size());
    const auto colon = url.rfind(':', slash);
    host = url.substr(start, colon - start);
    port = url.substr(colon + 1, slash - colon - 1);
    target = url.substr(slash);
  }

  std::string host, port, target;
};

// A connection to the server, closed when this object goes.
class Connection {
 public:
  explicit Connection(const Address& to) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found) != 0) Fail("no such host");
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
    socket_ = ::socket(found->ai_family, found->ai_socktype, 0);
    if (::connect(socket_, found->ai_addr, found->ai_addrlen) != 0) {
      ::close(socket_);
      Fail("nobody listens");
    }
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Send(const std::string& bytes) const {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto more = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) Fail("the connection broke");
      sent += static_cast<std::size_t>(more);
    }
  }

  std::string ReadToEnd() const {
    std::string all;
    char piece[4096];
    for (;;) {
      const auto more = ::recv(socket_, piece, sizeof piece, 0);
      if (more < 0) Fail("the connection broke");
      if (more == 0) return all;
      all.append(piece, static_cast<std::size_t>(more));
    }
  }

 private:
  [[noreturn]] static void Fail(const std::string& why) { throw std::runtime_error(why); }

  int socket_ = -1;
};

// The response, head and body; throws unless its status is 2xx.
inline std::string Ask(const std::string& method, const std::string& url, const std::string& body) {
  const Address to(url);
  const Connection connection(to);
  connection.Send(method + ' ' + to.target + " HTTP/1.1\r\nHost: " + to.host + ':' + to.port +
                  "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
  const std::string answer = connection.ReadToEnd();
  if (answer.compare(0, 10, "HTTP/1.1 2") == 0) return answer;
  throw std::runtime_error(method + ' ' + url + ": " + answer.substr(0, answer.find('\r')));
}

// A PUT to the upload URL can be repeated without harm: it is retried three times.
inline void Put(const std::string& url, const std::string& body, int retries = 3) {
  try {
    Ask("PUT", url, body);
  } catch (const std::runtime_error&) {
    if (retries == 0) throw;
    Put(url, body, retries - 1);
  }
}

// The value of a string member of compact JSON.
inline std::string Member(const std::string& json, const std::string& name) {
  const auto start = json.find('"' + name + "\":\"") + name.size() + 4;
  return json.substr(start, json.find('"', start) - start);
}

}  // namespace uploader

// Uploads the file at `path` in blocks and marks the video complete; returns the video's id.
// Throws std::runtime_error if that fails.
inline std::string Upload(const std::string& url, const std::string& path) {
  std::ifstream film(path, std::ios::binary);
  if (!film) throw std::runtime_error("cannot read " + path);
  const auto video =
      uploader::Ask("POST", url + "/api/Videos",
                    "{\"OriginalFileName\":\"" + path.substr(path.rfind('/') + 1) + "\"}");
  const auto target = uploader::Member(video, "UploadUri");

  std::string list;
  std::string block(256 * 1024, '\0');
  for (int number = 0; film.read(block.data(), 256 * 1024), film.gcount() > 0; ++number) {
    const auto id = std::to_string(10'000'000 + number);  // Eight digits are base64, too.
    uploader::Put(target + "&comp=block&blockid=" + id,
                  block.substr(0, static_cast<std::size_t>(film.gcount())));
    list += "<Latest>" + id + "</Latest>";
  }
  uploader::Put(target + "&comp=blocklist", "<BlockList>" + list + "</BlockList>");

  const auto id = uploader::Member(video, "Id");
  uploader::Ask("POST", url + "/api/Videos/" + id + "/MarkComplete", "");
  return id;
}
