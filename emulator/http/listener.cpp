#include "emulator/http/listener.h"

#include <httplib.h>
#include <netdb.h>
#include <signal.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <thread>

#include "emulator/http/stop_signal.h"

namespace msc::http {
namespace {

constexpr int kBacklog = 4096;
constexpr std::chrono::milliseconds kRetry(1);

// Runs a task where it is handed in: what is handed in only passes a socket on.
class InlineQueue final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> task) override { task(); }
  void shutdown() override {}
};

// Keeps the embedding program's way with SIGPIPE, which httplib::Server's constructor changes for
// the whole process.
class SigpipeGuard {
 public:
  SigpipeGuard() { ::sigaction(SIGPIPE, nullptr, &before_); }
  ~SigpipeGuard() { ::sigaction(SIGPIPE, &before_, nullptr); }
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  struct sigaction before_ {};
};

// Why `host` and `port` cannot be bound, as errno; 0 where they can after all. httplib does not
// tell.
int BindError(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
    return EADDRNOTAVAIL;
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
  const int socket = ::socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, 0);
  if (socket < 0) return errno;
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const int error = ::bind(socket, found->ai_addr, found->ai_addrlen) == 0 ? 0 : errno;
  ::close(socket);
  return error;
}

}  // namespace

// httplib binds, listens and accepts; the accepted socket is taken from it before it reads a byte.
class Listener::Acceptor final : private SigpipeGuard, private httplib::Server {
 public:
  Acceptor(const std::string& host, int port) {
    new_task_queue = [] { return new InlineQueue; };
    // In place of its own options, which let two servers share a port without a word.
    set_socket_options([](socket_t socket) {
      const int on = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    if (port == 0) {
      port_ = bind_to_any_port(host);
    } else if (bind_to_port(host, port)) {
      port_ = port;
    }
    if (port_ <= 0) Fail(host, port);
    // httplib closes its descriptor when accepting fails; this one keeps the socket for another
    // try.
    socket_ = ::fcntl(svr_sock_, F_DUPFD_CLOEXEC, 0);
    if (socket_ < 0 || ::listen(socket_, kBacklog) != 0) {
      CloseSockets();
      Fail(host, port);
    }
  }

  ~Acceptor() override {
    stopping_ = true;
    pause_.Set();
    // Ends accept() now and for ever, whether the loop has begun or not, and closes no descriptor
    // that it might still use.
    ::shutdown(socket_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    CloseSockets();
  }

  int port() const { return port_; }

  void Start(std::function<void(int)> accepted) {
    accepted_ = std::move(accepted);
    started_ = true;
    thread_ = std::thread([this] { Accept(); });
  }

 private:
  [[noreturn]] static void Fail(const std::string& host, int port) {
    const int error = BindError(host, port);
    const std::string address = host + " port " + std::to_string(port);
    if (error == EADDRINUSE) throw PortTaken(address + " is taken", port);
    if (error == EADDRNOTAVAIL || error == EAFNOSUPPORT) {
      throw HostMissing("this machine has no address " + host + " to listen on");
    }
    throw std::runtime_error("cannot listen on " + address + ": " +
                             (error == 0 ? "unknown reason" : std::strerror(error)));
  }

  // The loop, once begun, closes its own.
  void CloseSockets() {
    if (socket_ >= 0) ::close(socket_);
    if (!started_) ::close(svr_sock_);
  }

  void Accept() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
    // httplib's loop ends, and closes its descriptor, when accept() fails, which may also be for
    // want of memory or descriptors: then it begins anew, but not at once.
    while (!stopping_) {
      if (svr_sock_ != INVALID_SOCKET) listen_after_bind();
      if (stopping_) return;
      pause_.WaitFor(kRetry);
      svr_sock_ = ::fcntl(socket_, F_DUPFD_CLOEXEC, 0);
    }
  }

  bool process_and_close_socket(socket_t socket) override {
    accepted_(socket);
    return true;
  }

  int port_ = 0;
  int socket_ = -1;
  bool started_ = false;
  std::atomic<bool> stopping_ = false;
  StopSignal pause_;
  std::function<void(int)> accepted_;
  std::thread thread_;
};

Listener::Listener(const std::string& host, int port)
    : acceptor_(std::make_unique<Acceptor>(host, port)) {}
Listener::~Listener() = default;

int Listener::port() const { return acceptor_->port(); }

void Listener::Start(std::function<void(int)> accepted) { acceptor_->Start(std::move(accepted)); }

}  // namespace msc::http
