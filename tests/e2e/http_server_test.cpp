#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>
#include <memory>
#include <thread>

#include "emulator/base/nameless_file.h"
#include "emulator/http/http_error.h"
#include "emulator/http/router.h"
#include "emulator/http/server.h"
#include "emulator/http/stop_signal.h"
#include "tests/support/raw_client.h"

namespace msc::http {
namespace {

using msc::testing::BodyOf;
using msc::testing::HeaderOf;
using msc::testing::RawClient;
using msc::testing::StatusLine;
using msc::testing::StatusOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace std::chrono_literals;

Response Text(std::string text) { return {.headers = {{"X-Order", "1"}}, .body = std::move(text)}; }

// As many bytes as it is asked for, cut off by a fault after `good` of them.
class Bytes final : public BodySource {
 public:
  Bytes(std::uint64_t size, std::uint64_t good) : size_(size), good_(good) {}
  std::uint64_t size() const override { return size_; }
  std::size_t Read(std::span<char> buffer) override {
    if (given_ >= good_) throw std::runtime_error("the disk is gone");
    const auto count = std::min<std::uint64_t>(buffer.size(), good_ - given_);
    std::fill_n(buffer.begin(), count, 'b');
    given_ += count;
    return count;
  }

 private:
  const std::uint64_t size_, good_;
  std::uint64_t given_ = 0;
};

// Lies in memory, in a file, and where it must be read, piece by piece in turn.
class Mixed final : public BodySource {
 public:
  static constexpr std::size_t kPiece = 700'000;

  Mixed() { file_.Write(0, text_); }

  static std::string Text() {
    std::string text;
    while (text.size() < 4 * kPiece) text += std::to_string(text.size()) + ',';
    return text;
  }

  std::uint64_t size() const override { return text_.size(); }

  std::size_t Read(std::span<char> buffer) override {
    const auto taken = Take(buffer.size());
    return taken.copy(buffer.data(), taken.size());
  }

  std::optional<BytesInPlace> TakeInPlace(std::size_t most, bool from_files) override {
    const std::size_t kind = at_ / kPiece % 3;
    const bool in_file = kind == 1;
    if (kind == 2 || (in_file && !from_files) || at_ == text_.size()) return std::nullopt;
    const std::size_t offset = at_;
    const auto taken = Take(most);
    if (!in_file) return BytesInPlace{.memory = taken, .count = taken.size()};
    return BytesInPlace{.file = file_.descriptor(), .offset = offset, .count = taken.size()};
  }

 private:
  // At most to the end of the piece.
  std::string_view Take(std::size_t most) {
    const auto taken = std::string_view(text_).substr(at_, std::min(most, kPiece - at_ % kPiece));
    at_ += taken.size();
    return taken;
  }

  const std::string text_ = Text();
  NamelessFile file_;
  std::size_t at_ = 0;
};

Result<Response> Answer(const Request& request) {
  const auto path = request.path();
  if (path == "/echo" || path == "/short/echo") {
    if (request.body == nullptr) return Text("no body");
    auto body = ReadAll(*request.body);
    if (!body) return body.error();
    return Text(*std::move(body));
  }
  if (path == "/where") return Text(request.base_url() + ' ' + request.target);
  if (path == "/reason") return Response{.status = 400, .reason = "Unable to. Really"};
  if (path == "/split") return Response{.headers = {{"X-A", "a\r\nX-B: b"}}};
  if (path.ends_with("/large"))
    return Response{.source = std::make_unique<Bytes>(3'000'000, 3'000'000)};
  if (path == "/mixed") return Response{.source = std::make_unique<Mixed>()};
  if (path == "/broken") return Response{.source = std::make_unique<Bytes>(3'000'000, 1'000'000)};
  if (path == "/long") return Text(request.must_not_wait ? "must not wait" : "may wait");
  if (path == "/wait") {
    request.stop->WaitFor(60s);
    return Text("waited");
  }
  return Text("ignored the body");
}

Response Refuse(const Request&, const Error& error) {
  switch (ToHttpError(error.code)) {
    case HttpError::kMalformedRequest:
      return {.status = 400};
    case HttpError::kBodyTooLarge:
      return {.status = 413};
    case HttpError::kRequestTimeout:
      return {.status = 408};
    default:
      return {.status = 500};
  }
}

ThreadUse UseOf(Method, std::string_view target) {
  if (target.starts_with("/short")) return ThreadUse::kShort;
  return target.starts_with("/long") ? ThreadUse::kLong : ThreadUse::kQueued;
}

Response Application(Request& request) {
  auto answer = Answer(request);
  return answer ? *std::move(answer) : Refuse(request, answer.error());
}

class HttpServer : public ::testing::Test {
 protected:
  HttpServer() { Start({}); }

  void Start(ConnectionLimits limits) {
    server_.reset();
    std::vector<Service> services;
    services.push_back({BoundPort({"127.0.0.1"}, 0), Application, UseOf});
    port_ = services.front().port.port();
    server_ =
        std::make_unique<Server>(std::move(services), ServerOptions{.limits = limits, .log = log_});
  }

  std::string AskOnce(const std::string& request) { return RawClient(port_).Ask(request); }

  using Clients = std::vector<std::unique_ptr<RawClient>>;

  // More clients than there are threads, each of which has sent `bytes`.
  Clients Crowd(const std::string& bytes) {
    Clients clients;
    for (int i = 0; i < 8; ++i) {
      clients.push_back(std::make_unique<RawClient>(port_));
      clients.back()->Send(bytes);
    }
    return clients;
  }

  int AskShort() { return StatusOf(AskOnce("GET /short HTTP/1.1\r\nHost: a\r\n\r\n")); }

  Log log_ = [](LogLevel, std::string_view) {};
  std::unique_ptr<Server> server_;
  int port_ = 0;
};

TEST_F(HttpServer, SendsWhatTheHandlerGaveAndTheLength) {
  EXPECT_EQ(AskOnce("GET /where HTTP/1.1\r\nHost: me:1\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nX-Order: 1\r\nContent-Length: 18\r\n\r\nhttp://me:1 /where");
}

TEST_F(HttpServer, SendsAnyReasonPhrase) {
  EXPECT_EQ(StatusLine(AskOnce("GET /reason HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 400 Unable to. Really");
}

constexpr const char* kHalfABody = "PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh";
constexpr const char* kHalfAShortBody =
    "PUT /short/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh";

TEST_F(HttpServer, ServesShortRequestsWhileSlowBodiesHoldEveryThread) {
  Start({.threads = 4});
  const Clients slow = Crowd(kHalfABody);

  EXPECT_EQ(AskShort(), 200);
}

TEST_F(HttpServer, ServesShortRequestsWhileHandlersHoldEveryThread) {
  Start({.threads = 4});
  const Clients waiting = Crowd("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_EQ(AskShort(), 200);
}

TEST_F(HttpServer, CollectsTheBodiesOfShortRequestsWithoutAThread) {
  Start({.threads = 4});
  const Clients slow = Crowd(kHalfAShortBody);
  EXPECT_EQ(AskShort(), 200);

  for (const auto& client : slow) EXPECT_EQ(BodyOf(client->Ask("i")), "hi");
}

TEST_F(HttpServer, SendsTheResponsesOfShortRequestsWithoutAThread) {
  Start({.threads = 4});
  const std::string request = "GET /short/large HTTP/1.1\r\nHost: a\r\n\r\n";
  const Clients slow = Crowd(request + request + request);
  EXPECT_EQ(AskShort(), 200);

  EXPECT_EQ(BodyOf(slow.back()->ReadAnswer()), std::string(3'000'000, 'b'));
  EXPECT_EQ(BodyOf(slow.back()->ReadAnswer()), std::string(3'000'000, 'b'));
}

TEST_F(HttpServer, LingersWithoutAThread) {
  Start({.drain_time = 1h, .threads = 4});
  const Clients rejected = Crowd("GET / HTTP/1.1\r\n\r\n");
  for (const auto& client : rejected) EXPECT_EQ(StatusOf(client->ReadAnswer()), 400);

  EXPECT_EQ(StatusOf(AskOnce("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
}

TEST_F(HttpServer, QueuesOtherRequestsUntilAThreadIsFree) {
  Start({.threads = 4});
  const Clients slow = Crowd(kHalfABody);
  RawClient queued(port_);
  queued.Send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");

  for (const auto& client : slow) client->Send("i");

  EXPECT_EQ(BodyOf(queued.ReadAnswer()), "ignored the body");
  for (const auto& client : slow) EXPECT_EQ(BodyOf(client->ReadAnswer()), "hi");
}

TEST_F(HttpServer, TellsALongRequestThatItMustNotWaitIfNoThreadIsFree) {
  const std::string request = "GET /long HTTP/1.1\r\nHost: a\r\n\r\n";
  Start({.threads = 2});
  EXPECT_EQ(BodyOf(AskOnce(request)), "may wait");

  RawClient slow(port_);
  slow.Send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");

  while (BodyOf(AskOnce(request)) != "must not wait") {
  }
}

TEST_F(HttpServer, StopsWithRequestsInTheQueue) {
  Start({.threads = 2});
  const Clients waiting = Crowd("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(AskShort(), 200);

  server_.reset();

  EXPECT_TRUE(waiting.back()->ReadToEnd());
}

TEST_F(HttpServer, JoinsTheChunksOfAShortRequest) {
  RawClient client(port_);
  client.Send("PUT /short/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab");

  EXPECT_EQ(BodyOf(client.Ask("c\r\n2\r\nde\r\n0\r\n\r\n")), "abcde");
  EXPECT_EQ(StatusOf(client.Ask("GET /short HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
}

TEST_F(HttpServer, RejectsBadChunksOfAShortRequest) {
  RawClient client(port_);
  const auto answer =
      client.Ask("PUT /short/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

  EXPECT_EQ(StatusOf(answer), 400);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, RejectsChunksOfAShortRequestAboveAMebibyte) {
  RawClient client(port_);
  client.Send(
      "PUT /short/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n");
  client.Send(std::string(0x100001, 'x'));

  EXPECT_EQ(StatusOf(client.ReadAnswer()), 413);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, RejectsBodiesOfShortRequestsAboveTheBudgetOfAll) {
  Start({.collected_bytes = 2});
  RawClient first(port_), second(port_);
  first.Send(kHalfAShortBody);
  EXPECT_EQ(
      StatusOf(AskOnce("PUT /short/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")),
      413);

  EXPECT_EQ(BodyOf(first.Ask("i")), "hi");
  while (BodyOf(AskOnce(std::string(kHalfAShortBody) + 'o')) != "ho") {
  }
}

TEST_F(HttpServer, AnswersAnExpectationOfAShortRequest) {
  RawClient client(port_);
  client.Send(
      "PUT /short/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.ReadAnswer(), "HTTP/1.1 100 Continue\r\n\r\n");

  EXPECT_EQ(BodyOf(client.Ask("hi")), "hi");
}

TEST_F(HttpServer, AnswersAStalledBodyOfAShortRequestWith408) {
  Start({.body_stall = 50ms, .check_interval = 10ms});

  EXPECT_EQ(StatusOf(AskOnce(kHalfAShortBody)), 408);
}

TEST_F(HttpServer, ClosesAConnectionThatDoesNotTakeTheResponseOfAShortRequest) {
  Start({.write_stall = 50ms, .check_interval = 10ms});
  RawClient client(port_);
  const std::string request = "GET /short/large HTTP/1.1\r\nHost: a\r\n\r\n";
  for (int i = 0; i < 10; ++i) client.Send(request);
  while (client.Send(request)) {
  }

  EXPECT_TRUE(client.ReadToEnd());
}

TEST_F(HttpServer, KeepsAHeaderOnItsLine) {
  EXPECT_THAT(AskOnce("GET /split HTTP/1.1\r\nHost: a\r\n\r\n"), HasSubstr("X-A: a  X-B: b\r\n"));
}

TEST_F(HttpServer, NamesTheAddressReachedToHttp10) {
  const auto answer = AskOnce("GET /where HTTP/1.0\r\n\r\n");

  EXPECT_EQ(BodyOf(answer), "http://127.0.0.1:" + std::to_string(port_) + " /where");
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
  RawClient client(port_);
  const std::string one = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n";
  client.Send(one + "1" + one + "2" + one + "3");

  EXPECT_EQ(BodyOf(client.ReadAnswer()), "1");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "2");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "3");
}

TEST_F(HttpServer, ReadsRequestsThatComeByteByByte) {
  RawClient client(port_);
  for (const char c :
       std::string("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")) {
    client.Send({&c, 1});
  }

  EXPECT_EQ(BodyOf(client.ReadAnswer()), "hi");
}

TEST_F(HttpServer, TakesAPostWithoutLengthAsEmptyAtOnce) {
  EXPECT_EQ(BodyOf(AskOnce("POST /echo HTTP/1.1\r\nHost: a\r\n\r\n")), "no body");
}

TEST_F(HttpServer, JoinsChunks) {
  EXPECT_EQ(BodyOf(AskOnce("PUT /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")),
            "abcde");
}

TEST_F(HttpServer, RefusesBadChunksAndCloses) {
  RawClient client(port_);
  const auto answer = client.Ask(
      "PUT /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");

  EXPECT_EQ(StatusOf(answer), 400);
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, SkipsABodyThatTheHandlerDidNotRead) {
  RawClient client(port_);
  client.Send(
      "GET /other HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nGET GET /where HTTP/1.1\r\nHost: "
      "b\r\n\r\n");

  EXPECT_EQ(BodyOf(client.ReadAnswer()), "ignored the body");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "http://b /where");
}

TEST_F(HttpServer, AnswersAnExpectationWhenTheBodyIsRead) {
  RawClient client(port_);
  client.Send("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.ReadAnswer(), "HTTP/1.1 100 Continue\r\n\r\n");

  EXPECT_EQ(BodyOf(client.Ask("hi")), "hi");
}

TEST_F(HttpServer, DoesNotAskForABodyThatIsNotRead) {
  RawClient client(port_);
  const auto answer = client.Ask(
      "PUT /other HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
}

TEST_F(HttpServer, LeavesTheBodyOutForHead) {
  RawClient client(port_);
  client.Send("HEAD /where HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_THAT(client.ReadAnswer(/*to_head=*/true), HasSubstr("Content-Length: 15\r\n"));
  EXPECT_EQ(BodyOf(client.Ask("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")), "ignored the body");
}

TEST_F(HttpServer, SaysThatItClosesWhenTheClientAsks) {
  RawClient client(port_);
  const auto answer = client.Ask("GET /where HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

  EXPECT_EQ(HeaderOf(answer, "Connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, ClosesAnHttp10ConnectionAndSaysSo) {
  RawClient client(port_);
  const auto answer = client.Ask("GET /where HTTP/1.0\r\n\r\n");

  EXPECT_EQ(HeaderOf(answer, "Connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, KeepsAnHttp10ConnectionThatAsksForIt) {
  RawClient client(port_);
  const std::string request = "GET /where HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";

  EXPECT_EQ(HeaderOf(client.Ask(request), "Connection"), "keep-alive");
  EXPECT_EQ(StatusOf(client.Ask(request)), 200);
}

TEST_F(HttpServer, SaysNothingAboutAnHttp11ConnectionThatGoesOn) {
  RawClient client(port_);

  EXPECT_EQ(HeaderOf(client.Ask("GET /where HTTP/1.1\r\nHost: a\r\n\r\n"), "Connection"),
            std::nullopt);
}

TEST_F(HttpServer, StreamsLargeAnswers) {
  EXPECT_EQ(BodyOf(AskOnce("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")), std::string(3'000'000, 'b'));
}

TEST_F(HttpServer, SendsBytesFromWhereTheyAre) {
  const auto answer = AskOnce("GET /mixed HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_EQ(BodyOf(answer), Mixed::Text());
}

TEST_F(HttpServer, CutsAnAnswerWhoseSourceFails) {
  RawClient client(port_);
  client.Send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");

  const auto all = client.ReadToEnd();

  ASSERT_TRUE(all);
  EXPECT_THAT(*all, StartsWith("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n"));
  EXPECT_EQ(BodyOf(*all).size(), 1'000'000u);
}

TEST_F(HttpServer, RefusesWhatIsNoHttpAndCloses) {
  RawClient client(port_);
  const auto answer = client.Ask("\x16\x03\x01\x02 hello\r\n\r\n");

  EXPECT_EQ(StatusOf(answer), 400);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, AnswersASlowHeadWith408) {
  Start({.head = 50ms, .check_interval = 10ms});
  RawClient client(port_);

  EXPECT_EQ(StatusOf(client.Ask("GET / HT")), 408);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, ClosesAnIdleConnectionWithoutAResponse) {
  Start({.idle = 50ms, .check_interval = 10ms});
  RawClient client(port_);

  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpServer, AnswersAStalledBodyWith408) {
  Start({.body_stall = 50ms});

  EXPECT_EQ(StatusOf(AskOnce("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf")),
            408);
}

TEST_F(HttpServer, GrowsSoThatWaitingHandlersBlockNobody) {
  std::vector<std::unique_ptr<RawClient>> waiting;
  for (int i = 0; i < 40; ++i) {
    waiting.push_back(std::make_unique<RawClient>(port_));
    waiting.back()->Send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  EXPECT_EQ(StatusOf(AskOnce("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
}

TEST_F(HttpServer, StopsWithClientsInEveryState) {
  RawClient idle(port_), half_head(port_), half_body(port_), waiting(port_), not_reading(port_);
  half_head.Send("GET / HTT");
  half_body.Send("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
  waiting.Send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
  for (int i = 0; i < 5; ++i) not_reading.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  AskOnce("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");

  server_.reset();

  EXPECT_TRUE(idle.IsClosed());
  EXPECT_TRUE(half_head.IsClosed());
}

// A descriptor at each end of two thousand connections is more than a shell allows by default.
void RaiseFileLimit() {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
}

TEST_F(HttpServer, HoldsTwoThousandConnections) {
  RaiseFileLimit();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 2000; ++i) clients.push_back(std::make_unique<RawClient>(port_));

  for (auto& client : clients) {
    ASSERT_EQ(StatusOf(client->Ask("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
  }
}

TEST_F(HttpServer, ServesManyClientsAtOnce) {
  std::vector<std::future<bool>> clients;
  for (int i = 0; i < 16; ++i) {
    clients.push_back(std::async(std::launch::async, [this, i] {
      RawClient client(port_);
      const std::string text = "client " + std::to_string(i);
      bool all = true;
      for (int k = 0; k < 100; ++k) {
        all = all && BodyOf(client.Ask("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                                       std::to_string(text.size()) + "\r\n\r\n" + text)) == text;
      }
      return all;
    }));
  }

  for (auto& client : clients) EXPECT_TRUE(client.get());
}

TEST(BoundPort, RefusesAPortThatIsTaken) {
  const BoundPort first({"127.0.0.1"}, 0);

  EXPECT_THROW(BoundPort({"127.0.0.1"}, first.port()), PortTaken);
}

TEST(BoundPort, SaysWhichHostCannotBeBound) {
  try {
    const BoundPort port({"198.51.100.7"}, 0);
    FAIL() << "bound an address of somebody else";
  } catch (const PortTaken&) {
    FAIL() << "nobody has taken it";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("198.51.100.7"));
  }
}

}  // namespace
}  // namespace msc::http
