// The signals of a program in which an emulator lives are the program's.
#include <gtest/gtest.h>
#include <msc/emulator.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

#include "tests/e2e/control/tls_client.h"
#include "tests/e2e/guest/process_state.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

// The signals that a thread of this process blocks, one bit each.
std::uint64_t BlockedSignals(const std::string& thread) {
  std::ifstream status("/proc/self/task/" + thread + "/status");
  std::string name;
  while (status >> name && name != "SigBlk:") {
  }
  std::uint64_t mask = 0;
  status >> std::hex >> mask;
  return mask;
}

// Sets the signals that this thread blocks, as long as it lives.
class Mask {
 public:
  explicit Mask(const sigset_t& mask) { ::pthread_sigmask(SIG_SETMASK, &mask, &before_); }
  ~Mask() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;

 private:
  sigset_t before_;
};

TEST(ProgramSignals, AreBlockedInEveryThreadOfAnEmulator) {
  const auto others = Threads();
  Emulator emulator({.tls_self_signed = true});
  auto threads = Threads();
  for (const auto& other : others) threads.erase(other);
  sigset_t all;
  ::sigfillset(&all);
  const Mask mask(all);

  const auto expected = BlockedSignals(std::to_string(::gettid()));

  EXPECT_GE(threads.size(), 4u);
  // A thread that has not begun blocks even those of the C library.
  for (const auto& thread : threads) EXPECT_EQ(BlockedSignals(thread) & expected, expected);
}

// A thread that did not block the signal would get it, and it would end this process.
TEST(ProgramSignals, ReachAThreadThatAwaitsThem) {
  const Emulator emulator;
  const auto video = CreateVideo(emulator.Port());
  for (int i = 0; i < 2; ++i) Upload(emulator.Port(), video, std::string(3'000'000, 'b'));
  sigset_t awaited;
  ::sigemptyset(&awaited);
  ::sigaddset(&awaited, SIGUSR1);
  const Mask mask(awaited);

  ::kill(::getpid(), SIGUSR1);
  int signal = 0;
  ::sigwait(&awaited, &signal);

  EXPECT_EQ(signal, SIGUSR1);
}

bool EndsOnBrokenPipes() {
  struct sigaction action = {};
  ::sigaction(SIGPIPE, nullptr, &action);
  return action.sa_handler == SIG_DFL;
}

TEST(ProgramSignals, BrokenPipesEndTheProgramAsBefore) {
  ::signal(SIGPIPE, SIG_DFL);

  auto first = std::make_unique<Emulator>();
  auto second = std::make_unique<Emulator>();
  EXPECT_TRUE(EndsOnBrokenPipes());
  first.reset();
  EXPECT_TRUE(EndsOnBrokenPipes());
  second.reset();

  EXPECT_TRUE(EndsOnBrokenPipes());
}

// Asks for a large blob and leaves at its first bytes: first the end of what it sends, then a
// reset, so that the server's next write raises SIGPIPE in a thread that does not block it.
void LeaveEarly(int port, const std::string& target, bool encrypted) {
  const std::string request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                             SSL_CTX_free);
  SSL_CTX_set_quiet_shutdown(context.get(), 1);
  const std::unique_ptr<BIO, void (*)(BIO*)> connection(
      encrypted ? BIO_new_ssl_connect(context.get()) : BIO_new(BIO_s_connect()), BIO_free_all);
  BIO_set_conn_hostname(connection.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
  ASSERT_EQ(BIO_do_connect(connection.get()), 1);
  BIO_write(connection.get(), request.data(), static_cast<int>(request.size()));
  std::array<char, 100> first;
  ASSERT_GT(BIO_read(connection.get(), first.data(), first.size()), 0);
  ::shutdown(static_cast<int>(BIO_get_fd(connection.get(), nullptr)), SHUT_WR);
}

// Path and query of a video's upload URL.
std::string UploadTarget(const Emulator& emulator, const std::string& id, bool encrypted) {
  const std::string target = "/api/Videos/" + id;
  const auto answer = encrypted
                          ? CallOverTls(emulator.Port(), "GET " + target +
                                                             " HTTP/1.1\r\nHost: localhost\r\n"
                                                             "Connection: close\r\n\r\n")
                          : Call(emulator.Port(), "GET", target);
  return TargetOf(StringMember(BodyOf(answer), "UploadUri").value());
}

TEST(ProgramSignals, AClientThatLeavesEarlyEndsNothing) {
  ::signal(SIGPIPE, SIG_DFL);
  for (const bool encrypted : {false, true}) {
    Emulator emulator({.tls_self_signed = encrypted});
    const auto descriptors = OpenDescriptors();
    const auto id = emulator.CreateVideo({.content = std::string(20'000'000, 'b')}).id;

    LeaveEarly(emulator.Port(), UploadTarget(emulator, id, encrypted), encrypted);

    EXPECT_TRUE(Eventually([&] { return OpenDescriptors() == descriptors; }));
  }
}

}  // namespace
}  // namespace msc
