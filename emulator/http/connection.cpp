#include "emulator/http/connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <utility>

#include "emulator/http/http_error.h"
#include "emulator/http/request_body.h"

namespace msc::http {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kClose = "close";
constexpr std::string_view kKeepAlive = "keep-alive";
constexpr std::string_view kContinueLine = "HTTP/1.1 100 Continue\r\n\r\n";

bool HasBody(const Head& head) { return head.chunked || head.content_length.value_or(0) > 0; }

// Whether the body is received before a thread is used for the request.
bool IsCollected(const Head& head, ThreadUse use) {
  if (use == ThreadUse::kQueued || !HasBody(head)) return false;
  if (head.chunked) return use == ThreadUse::kShort;
  return *head.content_length <= CollectedBody::kMost;
}

// The first line of what a client sent.
std::string RequestLine(std::string_view received) {
  constexpr std::size_t kMost = 2 * 1024;
  return std::string(received.substr(0, std::min(received.find_first_of("\r\n"), kMost)));
}

// A handshake of TLS 1.0 to 1.3 begins with these bytes.
bool IsTlsHandshake(std::string_view received) { return received.starts_with("\x16\x03"); }

BadHead TlsNotServed() {
  return {400,
          "this port serves HTTP, and a TLS handshake came; use http:// in the URL, or start the "
          "emulator with --tls-self-signed"};
}

BadHead TlsMissing() {
  return {400, "this port serves HTTPS, and plain HTTP came; use https:// in the URL"};
}

std::string_view ConnectionHeader(const Head& head, bool goes_on) {
  return !goes_on ? kClose : head.is_1_0 ? kKeepAlive : std::string_view();
}

// Whether the connection goes on after `response`. `is_received`: whether the request's body was,
// or can be.
bool GoesOn(const Head& head, const Response& response, bool is_received) {
  const bool is_stream = response.source && response.source->is_stream();
  return head.keep_alive && is_received && !is_stream && !response.closes;
}

// The same limits as those of Pace: a client may pause for `stall`, and once that time has passed
// since `begin`, the bytes must have moved at the minimum pace.
Deadline SlowestEnd(Deadline begin, std::chrono::milliseconds stall, std::uint64_t moved,
                    std::uint64_t min_pace) {
  constexpr std::uint64_t kDay = 24 * 60 * 60;
  const std::chrono::seconds allowed(std::min(moved / std::max<std::uint64_t>(min_pace, 1), kDay));
  return std::min<Deadline>(steady_clock::now(), begin + allowed) + stall;
}

// Calls Response::after in its destructor. That may be a function of the program that embeds us,
// which may throw anything.
class Afterwards {
 public:
  Afterwards(const Response& response, const Log& log) : response_(response), log_(log) {}
  ~Afterwards() {
    if (!response_.after) return;
    try {
      response_.after();
    } catch (const std::exception& error) {
      log_(LogLevel::kError, std::string("what follows a response failed: ") + error.what());
    } catch (...) {
      log_(LogLevel::kError, "what follows a response failed");
    }
  }
  Afterwards(const Afterwards&) = delete;
  Afterwards& operator=(const Afterwards&) = delete;

 private:
  const Response& response_;
  const Log& log_;
};

}  // namespace

struct Connection::Reply {
  Reply(Method method, Response given, bool keeps_alive, std::string_view connection,
        const Log& log)
      : response(std::move(given)),
        afterwards(response, log),
        sender(method, response, connection),
        goes_on(keeps_alive) {}
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  Response response;
  const Afterwards afterwards;
  ResponseSender sender;
  const bool goes_on;  // Whether the connection does, after it.
};

Connection::Connection(std::unique_ptr<Stream> stream, std::string scheme, const Endpoint& endpoint,
                       const ConnectionContext& context)
    : stream_(std::move(stream)),
      scheme_(std::move(scheme)),
      endpoint_(endpoint),
      context_(context),
      deadline_(steady_clock::now() + context.limits.idle) {}

Connection::~Connection() = default;

Connection::Next Connection::Advance(Cause cause) {
  if (cause == Cause::kEvicted) return Next::kClose;
  Step next = cause == Cause::kExpired ? Expire() : TakeStep();
  while (!next) next = TakeStep();
  return *next;
}

Connection::Step Connection::TakeStep() {
  switch (phase_) {
    case Phase::kHead:
      return ReadHead();
    case Phase::kBody:
      return CollectBody();
    case Phase::kRequest:
      return Next::kServe;
    case Phase::kReply:
      return SendReply();
    case Phase::kLinger:
      return SkipRest();
  }
  return Next::kClose;
}

// The deadline has passed.
Connection::Step Connection::Expire() {
  if (phase_ == Phase::kBody) {
    body_->Fail({HttpError::kRequestTimeout, "the body comes too slowly"});
    phase_ = Phase::kRequest;
    return std::nullopt;
  }
  if (phase_ != Phase::kHead || !head_begun_) return Next::kClose;
  Refuse({.status = 408,
          .message = "the head of the request did not come in time",
          .request_line = RequestLine(receive_buffer_.unread())});
  return std::nullopt;
}

Connection::Step Connection::ReadHead() {
  auto head = TakeHead();
  if (!head) return Receive();
  if (const auto* bad = std::get_if<BadHead>(&*head)) {
    Refuse(*bad);
    return std::nullopt;
  }
  BeginRequest(std::get<Head>(*std::move(head)));
  return std::nullopt;
}

// The next head; nullopt if it is not complete yet.
std::optional<std::variant<Head, BadHead>> Connection::TakeHead() {
  while (receive_buffer_.unread().starts_with("\r\n")) {  // As RFC 9112, section 2.2 recommends.
    receive_buffer_.Take(2);
    scanned_ = 0;
  }
  if (IsTlsHandshake(receive_buffer_.unread())) return TlsNotServed();
  const bool of_head = receive_buffer_.unread().starts_with("HEAD ");
  auto found = FindHeadEnd(receive_buffer_.unread(), scanned_);
  if (auto* bad = std::get_if<BadHead>(&found)) {
    bad->of_head = of_head;
    bad->request_line = RequestLine(receive_buffer_.unread());
    return std::move(*bad);
  }
  const std::size_t size = std::get<std::size_t>(found);
  if (size == 0) return std::nullopt;
  const auto text = receive_buffer_.unread().substr(0, size);
  auto head = ParseHead(text);
  if (stream_->LacksTls()) head = TlsMissing();
  if (auto* bad = std::get_if<BadHead>(&head)) {
    bad->of_head = of_head;
    bad->request_line = RequestLine(text);
  }
  receive_buffer_.Take(size);
  scanned_ = 0;
  return head;
}

// Reads once; nullopt if there were bytes.
Connection::Step Connection::Receive() {
  const auto progress = receive_buffer_.Fill(*stream_);
  if (progress.ended) return Next::kClose;
  if (progress.bytes == 0) {
    return progress.wait == Stream::Wait::kToWrite ? Next::kWaitToWrite : Next::kWaitToRead;
  }
  if (phase_ != Phase::kHead) return std::nullopt;
  if (!head_begun_) deadline_ = steady_clock::now() + context_.limits.head;
  head_begun_ = true;
  return std::nullopt;
}

void Connection::BeginRequest(Head head) {
  thread_use_ =
      endpoint_.thread_use ? endpoint_.thread_use(head.method, head.target) : ThreadUse::kQueued;
  head_ = std::move(head);
  phase_ = Phase::kRequest;
  if (!IsCollected(*head_, thread_use_)) return;
  body_ = std::make_unique<CollectedBody>(*head_, context_.budget);
  phase_ = Phase::kBody;
  begun_at_ = steady_clock::now();
}

Connection::Step Connection::CollectBody() {
  if (std::exchange(head_->expects_continue, false) && !SendContinue()) return Next::kClose;
  if (body_->Collect(receive_buffer_)) {
    phase_ = Phase::kRequest;
    return Next::kServe;
  }
  const auto& limits = context_.limits;
  deadline_ = SlowestEnd(begun_at_, limits.body_stall, body_->collected(), limits.min_pace);
  return Receive();
}

// A client that waits for this line has taken all that was sent before.
bool Connection::SendContinue() {
  return stream_->Write(kContinueLine, false).bytes == kContinueLine.size();
}

Connection::Next Connection::Serve(bool must_not_wait) {
  Head head = *std::exchange(head_, std::nullopt);
  const auto collected = std::move(body_);
  std::optional<RequestBody> arriving;
  if (!collected) arriving.emplace(head, *stream_, receive_buffer_, context_.limits);
  ClientBody& body = collected ? static_cast<ClientBody&>(*collected) : *arriving;
  const bool has_body = head.chunked || head.content_length;
  Response response = Respond(head, has_body ? &body : nullptr, must_not_wait);
  if (thread_use_ != ThreadUse::kShort && !must_not_wait) return Finish(head, body, response);

  const bool goes_on = GoesOn(head, response, collected ? collected->CanDrain() : !HasBody(head));
  BeginReply(head.method, std::move(response), goes_on, ConnectionHeader(head, goes_on));
  return Advance(Cause::kReady);
}

Response Connection::Respond(Head& head, BodyReader* body, bool must_not_wait) {
  if (client_address_.empty()) client_address_ = stream_->ClientAddress();
  Request request{.method = head.method,
                  .target = std::move(head.target),
                  .scheme = scheme_,
                  .authority = std::move(head.authority),
                  .client_address = client_address_,
                  .headers = std::move(head.headers),
                  .body = body,
                  .stop = &context_.stop,
                  .is_client_gone = [this] { return stream_->IsEndedByPeer(); },
                  .must_not_wait = must_not_wait};
  if (request.authority.empty()) request.authority = stream_->LocalAuthority();
  return endpoint_.application(request);
}

// Sends the response and waits for the client.
Connection::Next Connection::Finish(const Head& head, ClientBody& body, Response& response) {
  const Afterwards afterwards(response, context_.log);
  if (response.wire_fault) {
    const bool is_reset = response.wire_fault->reset;
    if (!SendBroken(head.method, response) || is_reset) return Next::kClose;
    Linger();
    return Advance(Cause::kReady);
  }
  const bool goes_on = GoesOn(head, response, body.CanDrain());
  ResponseSender sender(head.method, response, ConnectionHeader(head, goes_on));
  if (!SendAll(sender)) return Next::kClose;
  if (goes_on && body.Drain()) {
    if (const Step next = BeginNextRequest()) return *next;
  } else {
    Linger();
  }
  return Advance(Cause::kReady);
}

// A client that sends nothing now is waited for without a thread.
Connection::Step Connection::BeginNextRequest() {
  phase_ = Phase::kHead;
  head_begun_ = !receive_buffer_.unread().empty();
  deadline_ = steady_clock::now() + (head_begun_ ? context_.limits.head : context_.limits.idle);
  if (!head_begun_ && !stream_->HasPending()) return Next::kWaitToRead;
  return std::nullopt;
}

void Connection::Refuse(const BadHead& bad) {
  Response response{.status = bad.status,
                    .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
                    .body = bad.message + '\n'};
  if (context_.on_rejection) {
    context_.on_rejection({bad.status, bad.message, bad.request_line});
  }
  BeginReply(bad.of_head ? Method::kHead : Method::kGet, std::move(response), false, kClose);
}

void Connection::BeginReply(Method method, Response response, bool keeps_alive,
                            std::string_view connection) {
  reply_ =
      std::make_unique<Reply>(method, std::move(response), keeps_alive, connection, context_.log);
  phase_ = Phase::kReply;
  begun_at_ = steady_clock::now();
}

Connection::Step Connection::SendReply() {
  const auto state = Send(reply_->sender);
  if (state == ResponseSender::State::kBroken) return Next::kClose;
  if (state == ResponseSender::State::kDone) {
    const bool goes_on = reply_->goes_on;
    reply_.reset();
    if (goes_on) return BeginNextRequest();
    Linger();
    return std::nullopt;
  }
  const auto& limits = context_.limits;
  deadline_ = SlowestEnd(begun_at_, limits.write_stall, reply_->sender.sent(), limits.min_pace);
  return state == ResponseSender::State::kWaitsToRead ? Next::kWaitToRead : Next::kWaitToWrite;
}

// Reads for a moment, because unread bytes would cause a reset, and the client could lose the
// response.
void Connection::Linger() {
  stream_->EndWriting();
  phase_ = Phase::kLinger;
  deadline_ = steady_clock::now() + context_.limits.drain_time;
}

Connection::Step Connection::SkipRest() {
  std::array<char, 16 * 1024> waste;
  const auto progress = stream_->Read(waste);
  if (progress.ended || steady_clock::now() > deadline_) return Next::kClose;
  if (progress.bytes > 0 || progress.wait == Stream::Wait::kNothing) return std::nullopt;
  return progress.wait == Stream::Wait::kToWrite ? Next::kWaitToWrite : Next::kWaitToRead;
}

// False: the client did not receive it all.
bool Connection::SendBroken(Method method, Response& response) {
  const WireFault& wire_fault = *response.wire_fault;
  std::optional<ResponseSender> sender;
  if (wire_fault.instead) {
    sender.emplace(*wire_fault.instead);
  } else {
    sender.emplace(method, response, kClose);
  }
  if (!SendAll(*sender)) return false;
  if (wire_fault.reset) {
    stream_->ResetAtEnd(steady_clock::now() + context_.limits.write_stall);
  }
  return true;
}

// Waits for the client, within limits.
bool Connection::SendAll(ResponseSender& sender) {
  Pace pace(context_.limits.write_stall, context_.limits.min_pace);
  for (std::uint64_t before = 0;; before = sender.sent()) {
    const auto state = Send(sender);
    if (state == ResponseSender::State::kDone) return true;
    if (state == ResponseSender::State::kBroken) return false;
    pace.Add(sender.sent() - before);
    const bool to_read = state == ResponseSender::State::kWaitsToRead;
    if (!pace.Wait(*stream_, to_read ? Stream::Wait::kToRead : Stream::Wait::kToWrite))
      return false;
  }
}

ResponseSender::State Connection::Send(ResponseSender& sender) {
  try {
    return sender.Send(*stream_);
  } catch (const std::exception& error) {
    context_.log(LogLevel::kError, std::string("an answer was cut off: ") + error.what());
    return ResponseSender::State::kBroken;
  }
}

}  // namespace msc::http
